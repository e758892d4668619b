// SPDX-License-Identifier: EUPL-1.2
/**
 * The dot map's page. What it needs of the HTML stands in frontend/README.md (‘The map's page’).
 *
 * The form is the filter. A change of the form is applied to the dots in memory and shown in the next frame: no server.
 */

import "ol/ol.css";
import "./dots.css";
import { Desk } from "./desk";

const form = document.querySelector<HTMLFormElement>("#filter");
const target = document.querySelector<HTMLElement>("#kaart");
if (form && target) void new Desk(form, target).begin();
