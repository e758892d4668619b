# SPDX-License-Identifier: EUPL-1.2
"""An outlook as it would be frozen; no reports are needed for that."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pyarrow as pa

from stip.store import Workspace, freeze_run

AT = datetime(2026, 9, 7, 8, tzinfo=UTC)
TODAY = date(2026, 9, 7)
COUNTS = {
    "home_burglary": (4.0, 3.0, 21.0),  # too few to tell
    "theft_from_vehicle": (33.4, 31.2, 181.9),
    "bicycle_theft": (247.3, 243.1, 393.2),
    "vandalism": (73.6, 63.3, 303.4),
}
"""Reports in the cells of the outlook, in those of the baseline, and all; none is a multiple of five."""


def verdict(hits: float, beside: float, total: float, **more: Any) -> dict[str, Any]:
    known = {"use": "model", "hits": hits, "baseline_hits": beside, "best": "long_run", "best_hits": beside}
    said = {"total": total, "weeks": 12, "certainty": 0.6, "text": f"{hits} van {total}"}
    return known | said | {"finding": "chance" if total >= 30 else "too_few"} | more


def freeze_outlook(workspace: Workspace, week: str = "2026-W37", counts: dict[str, Any] | None = None) -> str:
    by_type = {
        name: {"expected_total": 4.4, "known_reports": 1113, "verdict": verdict(*three), "learned": {}}
        for name, three in (counts or COUNTS).items()
    }
    settings = workspace.settings
    run = freeze_run(
        workspace,
        kind="outlook",
        week=week,
        settings={
            "outlook": settings.outlook.model_dump(mode="json"),
            "final_after_weeks": settings.learn.final_after_weeks,
        },
        inputs={"arrivals": "38f59779091799af"},
        tables={"outlook": pa.Table.from_pandas(pd.DataFrame({"cell": ["E1N1"]}))},
        notes={
            "model": settings.outlook.model,
            "baseline": settings.outlook.baseline,
            "use": "model",
            "cutoff": "2026-09-07T00:00:00+02:00",
            "by_type": by_type,
            "warnings": ["Woninginbraak: er zijn maar 1113 meldingen bekend."],
        },
    )
    return run.run_id
