// SPDX-License-Identifier: EUPL-1.2
// Gegevens: how far the worker is, without loading the page again; without script there is a link for that.
import "./intakes.css";
import { follow } from "./progress";

const box = document.querySelector<HTMLElement>("[data-progress]");
if (box) void follow(box);
