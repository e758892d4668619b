# SPDX-License-Identifier: EUPL-1.2
"""The incidents of the workspace as a spreadsheet, at the precision that was agreed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from stip.agreements import Purpose, check_sources
from stip.errors import FileError
from stip.intake.tables.sheets import write_sheet
from stip.store import Workspace, area_years, read_areas, read_incidents, record

HEADINGS = ("soort", "begin", "einde", "bekend sinds", "x", "y", "op hoeveel meter", "buurtcode", "buurt", "bron")
_WIDTHS = (22, 18, 18, 18, 12, 12, 16, 14, 26, 14)


def export_incidents(
    workspace: Workspace,
    path: Path | str,
    *,
    crime_types: tuple[str, ...] = (),
    from_at: datetime | None = None,
    to_at: datetime | None = None,
) -> int:
    """Write the incidents as XLSX, times as the clock in the town showed them; numbers of reports stay out.

    It is recorded in the workspace, as table ``export``; without that line there is no file.

    Parameters
    ----------
    workspace : Workspace
    path : Path
        Ends in ``.xlsx``.
    crime_types : tuple of str
        Only these; all when empty.
    from_at, to_at : aware datetime, optional
        Only incidents that began at or after ``from_at`` and before ``to_at``.

    Returns
    -------
    int
        How many incidents were written.

    Raises
    ------
    FileError
        When the name has another ending, a crime type is unknown, or a sheet cannot hold so many.
    AgreementError
        When a source is on hold, or its agreement ended or does not name the dot map as a purpose.
    """
    path = Path(path)
    if path.suffix.lower() != ".xlsx":
        raise FileError(f"{path.name} eindigt niet op .xlsx. Geef het bestand die naam.")
    known = workspace.settings.crime_types
    for name in crime_types:
        if name not in known:
            raise FileError(f"De soort ‘{name}’ ken ik niet. Bekend zijn {', '.join(known)}.")
    incidents = read_incidents(workspace, crime_types=crime_types, from_at=from_at, to_at=to_at)
    check_sources(workspace, incidents["source"].unique(), Purpose.DOT_MAP)
    names = read_areas(workspace).names() if area_years(workspace) else {}
    local = {
        name: incidents[name].dt.tz_convert(workspace.settings.town.time_zone).dt.tz_localize(None)
        for name in ("from_at", "to_at", "known_at")
    }
    labels = {key: kind.label for key, kind in known.items()}
    table = incidents.assign(
        **local,
        crime_type=incidents["crime_type"].map(labels).fillna(incidents["crime_type"]),
        area=incidents["area_code"].map(names),
    )
    columns = [
        "crime_type",
        "from_at",
        "to_at",
        "known_at",
        "x_m",
        "y_m",
        "precision_m",
        "area_code",
        "area",
        "source",
    ]
    lines = list(table[columns].itertuples(index=False, name=None))
    write_sheet(path, "Meldingen", HEADINGS, lines, widths=_WIDTHS)
    taken = {
        "what": "meldingen als xlsx",
        "crime_types": list(crime_types) or None,
        "from_at": from_at,
        "to_at": to_at,
        "rows": len(table),
    }
    moments = {"from_at": "datetime64[us, UTC]", "to_at": "datetime64[us, UTC]"}
    try:
        record(workspace, "export", pd.DataFrame([taken]).astype(moments), at=datetime.now(UTC))
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return len(table)
