# SPDX-License-Identifier: EUPL-1.2
"""Destroying incidents whose agreed time is over, and remembering (in counts only) that it was done."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from stip.agreements.load import agreements_of
from stip.errors import SettingsError
from stip.store import Workspace, batches, read_batch, replace_batch, sweep_incidents, undo_batch, write_text

COLUMNS = ("source", "batch_id", "destroyed", "kept", "oldest", "limit", "agreed")
RETENTION_EVERY = timedelta(days=31)
"""How long what is past its term may lie until it is destroyed: longer means that destroying was forgotten."""
_FIRST_DAY = date(1900, 1, 1)
_NO_LIMIT = pd.Timestamp("1900-01-01", tz="UTC")


class BatchRun(BaseModel):
    """What became of one batch; ``source`` names all of its sources."""

    model_config = ConfigDict(frozen=True)

    source: str
    destroyed: int


class RetentionRun(BaseModel):
    """One time that retention was carried out: for which day, when, and what became of each batch."""

    model_config = ConfigDict(frozen=True)

    on: date
    ran_at: AwareDatetime
    batches: tuple[BatchRun, ...]


def retention_limit(on: date, months: float, time_zone: str) -> pd.Timestamp:
    """Return the moment before which incidents are destroyed.

    Whole months go by the calendar (31 March less one month is 28 or 29 February); what is left of a month is that
    share of the days of the month before.

    Raises
    ------
    SettingsError
        When the day lies before 1900: from there months cannot be counted back.
    """
    if on < _FIRST_DAY:
        raise SettingsError(f"{on.isoformat()} ligt vóór {_FIRST_DAY.year}. Kijk het jaar na bij --on.")
    whole = int(months)
    day = pd.Timestamp(on) - pd.DateOffset(months=whole)
    earlier = day - pd.DateOffset(months=1)
    day -= pd.Timedelta(days=round((months - whole) * (day - earlier).days))
    return day.tz_localize(time_zone, ambiguous=True, nonexistent="shift_forward").tz_convert("UTC")


def retention_limits(workspace: Workspace, *, on: date) -> dict[str, pd.Timestamp]:
    """Return the moment before which incidents are destroyed on a day, by source that has an agreement.

    Raises
    ------
    SettingsError
        When an agreement cannot be read, or the day lies before 1900.
    """
    zone = workspace.settings.town.time_zone
    return {
        source: retention_limit(on, agreement.retention_months, zone)
        for source, agreement in agreements_of(workspace).items()
    }


def retention(
    workspace: Workspace,
    *,
    on: date,
    dry_run: bool = False,
    limits: Mapping[str, pd.Timestamp] | None = None,
) -> pd.DataFrame:
    """Destroy the incidents that are older than their agreement allows.

    A report goes with all its versions once its newest version is too old, so that no older version comes back.

    Parameters
    ----------
    on : date
        The day it is; months are counted back from its first minute.
    dry_run : bool
        Only say what would be destroyed.
    limits : mapping of str to Timestamp, optional
        The moment before which incidents go, by source: what somebody approved on that day. Batches without any of
        these sources are passed over. From the agreements when left out.

    Returns
    -------
    DataFrame
        One row a batch with the columns of `COLUMNS`: how many rows were ``destroyed`` and ``kept``, the ``oldest``
        begin that is kept (missing when none), the ``limit``, and whether a retention was ``agreed`` at all: rows of
        a source without an agreement are kept and must be looked at by a person.
    """
    chosen = retention_limits(workspace, on=on) if limits is None else dict(limits)
    with nullcontext() if dry_run else workspace.writing():  # who may only read can still look
        if not dry_run:
            sweep_incidents(workspace)  # what is told to be gone must not lie in what a killed process left
        # Oldest batch first: a kill half-way leaves the newest version of a report, which the next run destroys.
        held = {manifest["batch_id"]: _dates(workspace, manifest["batch_id"]) for manifest in batches(workspace)}
        if limits is not None:
            held = {batch_id: frame for batch_id, frame in held.items() if frame["source"].isin(limits).any()}
        newest = _newest_too_old(held, chosen)
        old = {
            batch_id: frame["incident_id"].isin(newest) | _expired(frame, chosen) for batch_id, frame in held.items()
        }
        rows = [_row(batch_id, frame, old[batch_id], chosen) for batch_id, frame in held.items()]
        if not dry_run:
            for batch_id in held:
                _destroy(workspace, batch_id, old[batch_id], on)
            _remember(workspace, rows, on)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def last_retention(workspace: Workspace, *, source: str = "") -> date | None:
    """Return the day for which retention was last carried out; None when it never was, or nothing tells so any more.

    An account that cannot be read is passed over: `unread_retention_runs` names it.

    Parameters
    ----------
    source : str
        Only when there were reports of this source to look at; of any, or none, when empty.
    """
    for run in retention_runs(workspace):
        if not source or any(source in row.source.split(", ") for row in run.batches):
            return run.on
    return None


def retention_runs(workspace: Workspace) -> Iterator[RetentionRun]:
    """Give each time that retention was carried out, newest first, as far as can be read."""
    return (run for file in _accounts(workspace) if (run := _read(file)) is not None)


def unread_retention_runs(workspace: Workspace) -> list[str]:
    """Say of each account of retention that cannot be read what to do, in a sentence."""
    return [
        f"{file.relative_to(workspace.root)} is niet te lezen. Zet het terug uit een reservekopie."
        for file in _accounts(workspace)
        if _read(file) is None
    ]


def _accounts(workspace: Workspace) -> list[Path]:
    return sorted((workspace.data / "retention").glob("[!.]*.json"), reverse=True)


def _read(file: Path) -> RetentionRun | None:
    try:
        return RetentionRun.model_validate_json(file.read_bytes())
    except (ValidationError, OSError):
        return None


def _dates(workspace: Workspace, batch_id: str) -> pd.DataFrame:
    return read_batch(workspace, batch_id)[["incident_id", "version", "source", "from_at"]]


def _expired(frame: pd.DataFrame, limits: dict[str, pd.Timestamp]) -> pd.Series[bool]:
    limit = frame["source"].map(limits).fillna(_NO_LIMIT)
    return frame["from_at"] < limit


def _newest_too_old(held: dict[str, pd.DataFrame], limits: dict[str, pd.Timestamp]) -> pd.Series[str]:
    """Return the reports whose newest version is too old."""
    if not held:
        return pd.Series(dtype="string")
    newest = pd.concat(held.values()).sort_values("version").drop_duplicates("incident_id", keep="last")
    return newest.loc[_expired(newest, limits), "incident_id"]


def _row(
    batch_id: str, frame: pd.DataFrame, old: pd.Series[bool], limits: dict[str, pd.Timestamp]
) -> dict[str, object]:
    sources = sorted(frame["source"].unique())
    return {
        "source": ", ".join(sources),
        "batch_id": batch_id,
        "destroyed": int(old.sum()),
        "kept": int((~old).sum()),
        "oldest": frame.loc[~old, "from_at"].min(),
        "limit": min((limits[source] for source in sources if source in limits), default=pd.NaT),
        "agreed": set(sources) <= set(limits),
    }


def _destroy(workspace: Workspace, batch_id: str, old: pd.Series[bool], on: date) -> None:
    if not old.any():
        return
    if old.all():
        undo_batch(workspace, batch_id, at=datetime.now(UTC), reason="bewaartermijn voorbij")
    else:
        left = read_batch(workspace, batch_id)[~old].reset_index(drop=True)
        replace_batch(workspace, batch_id, left, retention_on=on.isoformat())


def _remember(workspace: Workspace, rows: list[dict[str, object]], on: date) -> None:
    ran_at = datetime.now(UTC)
    facts = {"on": on.isoformat(), "ran_at": ran_at.isoformat(timespec="seconds"), "batches": rows}
    path = workspace.data / "retention" / f"{ran_at:%Y%m%dT%H%M%S%f}.json"
    write_text(path, json.dumps(facts, indent=1, default=lambda value: None if pd.isna(value) else str(value)))
