// SPDX-License-Identifier: EUPL-1.2
/** The map's system of coordinates: RD New, known to OpenLayers by proj4; any other counts in metres on a plane. */

import Projection from "ol/proj/Projection.js";
import { get } from "ol/proj.js";
import { register } from "ol/proj/proj4.js";
import proj4 from "proj4";

export const RD = "EPSG:28992";
const RD_DEFINITION =
  "+proj=sterea +lat_0=52.1561605555556 +lon_0=5.38763888888889 +k=0.9999079 +x_0=155000 +y_0=463000 +ellps=bessel " +
  "+towgs84=565.4171,50.3319,465.5524,-0.398957,0.343988,-1.8774,4.0725 +units=m +no_defs";

/** Return the projection of a code such as `EPSG:28992`. */
export function mapProjection(code: string): Projection {
  if (code !== RD) return new Projection({ code, units: "m" });
  proj4.defs(RD, RD_DEFINITION);
  register(proj4);
  return get(RD) as Projection;
}
