// SPDX-License-Identifier: EUPL-1.2
// The outlook's pages: the map where there is one, and the progress of an outlook in the making.
import "./outlooks.css";
import { followProgress } from "./progress";

const map = document.querySelector<HTMLElement>("#kaart[data-squares]");
if (map) void import("./map").then(({ openMap }) => openMap(map));

const progress = document.querySelector<HTMLElement>("#voortgang");
if (progress) void followProgress(progress);
