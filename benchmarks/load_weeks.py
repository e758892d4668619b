# SPDX-License-Identifier: EUPL-1.2
"""Makes the outlook of one past week after the other until it is ended; prints how many seconds each took."""

from __future__ import annotations

import sys
import time

from stip.outlook import make_outlook
from stip.store import Workspace

workspace = Workspace.open(sys.argv[1])
for week in sys.argv[2].split(","):
    begun = time.perf_counter()
    make_outlook(workspace, week)
    print(round(time.perf_counter() - begun, 1), flush=True)
