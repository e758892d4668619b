// SPDX-License-Identifier: EUPL-1.2
// What every page of the desk loads: the look, and the few behaviours that all pages share.
import "./site.css";
import "./menu";
import { dropOnLeaving } from "./leave";
import { showTab } from "./tabs";
import { showWrong } from "./wrong";

dropOnLeaving();
showTab();
showWrong();
