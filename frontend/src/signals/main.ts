// SPDX-License-Identifier: EUPL-1.2
// The pages of signals: only their look; they need no script.
import "./signals.css";
