# SPDX-License-Identifier: EUPL-1.2
"""Destroying incidents whose agreed time is over, and remembering (in counts only) that it was done."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pandas as pd
import pyarrow.parquet as pq

from stip.agreements.load import agreements_of
from stip.store import Workspace, batches, replace_batch, undo_batch, write_text

COLUMNS = ("source", "batch_id", "destroyed", "kept", "oldest", "limit", "agreed")
_NO_LIMIT = pd.Timestamp("1900-01-01", tz="UTC")


def retention_limit(on: date, months: float, time_zone: str) -> pd.Timestamp:
    """Return the moment before which incidents are destroyed.

    Whole months go by the calendar (31 March less one month is 28 or 29 February); what is left of a month is that
    share of the days of the month before.
    """
    whole = int(months)
    day = pd.Timestamp(on) - pd.DateOffset(months=whole)
    earlier = day - pd.DateOffset(months=1)
    day -= pd.Timedelta(days=round((months - whole) * (day - earlier).days))
    return day.tz_localize(time_zone, ambiguous=True, nonexistent="shift_forward").tz_convert("UTC")


def retention(workspace: Workspace, *, on: date, dry_run: bool = False) -> pd.DataFrame:
    """Destroy the incidents that are older than their agreement allows.

    A report goes with all its versions once its newest version is too old, so that no older version comes back.

    Parameters
    ----------
    on : date
        The day it is; months are counted back from its first minute.
    dry_run : bool
        Only say what would be destroyed.

    Returns
    -------
    DataFrame
        One row a batch with the columns of `COLUMNS`: how many rows were ``destroyed`` and ``kept``, the ``oldest``
        begin that is kept (missing when none), the ``limit``, and whether a retention was ``agreed`` at all: rows of
        a source without an agreement are kept and must be looked at by a person.
    """
    months = {source: agreement.retention_months for source, agreement in agreements_of(workspace).items()}
    zone = workspace.settings.town.time_zone
    limits = {source: retention_limit(on, length, zone) for source, length in months.items()}
    with workspace.writing():
        held = {manifest["batch_id"]: _read(workspace, manifest["batch_id"]) for manifest in batches(workspace)}
        gone = _too_old(held, limits)
        rows = [_row(batch_id, frame, gone, limits) for batch_id, frame in held.items()]
        if not dry_run:
            for batch_id, frame in held.items():
                _destroy(workspace, batch_id, frame, frame["incident_id"].isin(gone) | _expired(frame, limits), on)
            _remember(workspace, rows, on)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _read(workspace: Workspace, batch_id: str) -> pd.DataFrame:
    path = workspace.data / "incidents" / batch_id / "incidents.parquet"
    return pq.read_table(path).to_pandas()


def _expired(frame: pd.DataFrame, limits: dict[str, pd.Timestamp]) -> pd.Series:
    limit = frame["source"].map(limits).fillna(_NO_LIMIT)
    return frame["from_at"] < limit


def _too_old(held: dict[str, pd.DataFrame], limits: dict[str, pd.Timestamp]) -> set[str]:
    """Return the reports whose newest version is too old."""
    if not held:
        return set()
    rows = pd.concat([frame[["incident_id", "version", "source", "from_at"]] for frame in held.values()])
    newest = rows.sort_values("version").drop_duplicates("incident_id", keep="last")
    return set(newest.loc[_expired(newest, limits), "incident_id"])


def _row(batch_id: str, frame: pd.DataFrame, gone: set[str], limits: dict[str, pd.Timestamp]) -> dict[str, object]:
    old = frame["incident_id"].isin(gone) | _expired(frame, limits)
    source = ", ".join(sorted(frame["source"].unique())) or "onbekend"
    return {
        "source": source,
        "batch_id": batch_id,
        "destroyed": int(old.sum()),
        "kept": int((~old).sum()),
        "oldest": frame.loc[~old, "from_at"].min() if (~old).any() else pd.NaT,
        "limit": limits.get(source, pd.NaT),
        "agreed": source in limits,
    }


def _destroy(workspace: Workspace, batch_id: str, frame: pd.DataFrame, old: pd.Series, on: date) -> None:
    if not old.any():
        return
    if old.all():
        undo_batch(workspace, batch_id, at=datetime.now(UTC), reason="bewaartermijn voorbij")
    else:
        replace_batch(workspace, batch_id, frame[~old].reset_index(drop=True), retention_on=on.isoformat())


def _remember(workspace: Workspace, rows: list[dict[str, object]], on: date) -> None:
    ran_at = datetime.now(UTC)
    facts = {"on": on.isoformat(), "ran_at": ran_at.isoformat(timespec="seconds"), "batches": rows}
    path = workspace.data / "retention" / f"{ran_at:%Y%m%dT%H%M%S%f}.json"
    write_text(path, json.dumps(facts, indent=1, default=lambda value: None if pd.isna(value) else str(value)))
