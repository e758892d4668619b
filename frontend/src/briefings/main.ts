// SPDX-License-Identifier: EUPL-1.2
// The briefing works without scripts; only its look comes from here.
import "./briefings.css";
