# SPDX-License-Identifier: EUPL-1.2
"""From judged rows to a delivery in the workspace and a report about it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from stip.agreements import (
    Agreement,
    Gate,
    Refusal,
    about_persons,
    last_retention,
    retention_limit,
    unread_retention_runs,
)
from stip.errors import TooManyRefused
from stip.intake.accounts.account import Account, Mask
from stip.intake.accounts.rule import Rule
from stip.intake.file_name import shown_name
from stip.intake.incidents.batch_id import free_batch_id, was_read
from stip.intake.incidents.judge import hashed_ids
from stip.intake.incidents.report import IntakeReport
from stip.intake.incidents.rules import DUPLICATE, PAST_RETENTION
from stip.intake.incidents.versions import Comparison, compare
from stip.intake.values.codes import CodeBook
from stip.space import area_of_points
from stip.store import INCIDENT, Workspace, area_years, publish_batch, read_areas, surely_distinct
from stip.words import number


@dataclass(frozen=True)
class Reading:
    """A file that has been judged and not yet stored.

    Attributes
    ----------
    gate : Gate
    path : Path
    file_id : str
    received_at : aware Timestamp
    time_zone : str
    account : Account
    incidents : DataFrame
        As `stip.intake.incidents.judge.Judged` has them.
    addresses : dict of str to int
        How many addresses were looked for, by the quality of the answer; empty when none was.
    refused_columns : tuple of Refusal
    facts : tuple of str
    codes : CodeBook
    """

    gate: Gate
    path: Path
    file_id: str
    received_at: pd.Timestamp
    time_zone: str
    account: Account
    incidents: pd.DataFrame
    addresses: dict[str, int]
    refused_columns: tuple[Refusal, ...]
    facts: tuple[str, ...]
    codes: CodeBook


def store(
    workspace: Workspace,
    reading: Reading,
    *,
    accept_refused: bool,
    dry_run: bool,
    look: Callable[[pd.DataFrame], object] | None = None,
) -> IntakeReport:
    """Store what is new, all of it or nothing, and report; ``look`` is shown the rows before.

    Raises
    ------
    TooManyRefused
        When more rows are refused than the settings allow, or none is of a type that the town uses.
    """
    incidents = _finished(workspace, reading)
    if look is not None:
        look(incidents)
    with nullcontext() if dry_run else workspace.writing():  # a rehearsal writes nothing
        comparison = compare(
            workspace,
            incidents,
            received_at=reading.received_at,
            read_before=was_read(workspace, reading.file_id),
        )
        batch_id = free_batch_id(workspace, reading.file_id) if len(comparison.to_store) else None
        report = _report(workspace, reading, incidents, comparison, batch_id, dry_run=dry_run)
        if not accept_refused:
            _check_limit(report, workspace.settings.intake.refused_limit, reading.gate.agreement)
        if batch_id and not dry_run:
            to_store = comparison.to_store
            rows = to_store.assign(batch_id=_repeated(batch_id, len(to_store)))[INCIDENT.schema.names]
            publish_batch(workspace, rows, _manifest(report, reading, len(rows)))
    return report


def _finished(workspace: Workspace, reading: Reading) -> pd.DataFrame:
    """Return the incidents coarsened, numbered, in their area, and each only once."""
    rows, gate = reading.incidents, reading.gate
    if rows.empty:
        return INCIDENT.schema.empty_table().to_pandas().drop(columns=["batch_id", "version"])
    if "incident_id" not in rows:
        rows = rows.assign(**hashed_ids(gate, _content(rows)))
    if not surely_distinct(rows["incident_id"]):
        twice = rows.duplicated("incident_id", keep="last").to_numpy()
        rows = _without(rows, twice, reading.account, DUPLICATE)
    if not _lets_old_in(workspace, gate.agreement):
        rows = _without(rows, _too_old(workspace, reading, rows), reading.account, PAST_RETENTION)
    x_m, y_m = gate.coarsen(rows["x_m"].to_numpy(), rows["y_m"].to_numpy())
    years = area_years(workspace)
    codes: Any = pd.array(pa.nulls(len(rows), pa.string()), dtype="string")
    if years:
        codes = area_of_points(np.asarray(x_m), np.asarray(y_m), read_areas(workspace)).array
    older = [name for name in rows.columns if name.startswith("under_")]
    return pd.DataFrame(
        {
            "incident_id": rows["incident_id"],
            "source": _repeated(gate.agreement.source, len(rows)),
            "crime_type": pd.array(pa.array(reading.codes.keys).take(pa.array(rows["crime_type"])), dtype="str"),
            **{
                name: pd.to_datetime(rows[name], utc=True).dt.as_unit("us")
                for name in ("from_at", "to_at", "known_at")
            },
            "x_m": x_m,
            "y_m": y_m,
            "precision_m": np.float32(gate.agreement.precision_m),
            "area_code": codes,
            "area_year": pd.arrays.IntegerArray(
                np.full(len(rows), years[-1] if years else 0, dtype=np.int16), np.full(len(rows), not years)
            ),
            **{name: rows[name] for name in older},
        }
    )


def _without(rows: pd.DataFrame, mask: Mask, account: Account, rule: Rule) -> pd.DataFrame:
    """Refuse rows by a rule and return the others."""
    if not mask.any():
        return rows
    marked: Mask = np.zeros(account.rows, dtype=bool)
    marked[np.searchsorted(account.numbers, rows["row"].to_numpy()[mask])] = True
    account.refuse(marked, rule)
    return rows[~mask].reset_index(drop=True)


def _lets_old_in(workspace: Workspace, agreement: Agreement) -> bool:
    """Tell whether older reports still come in: after retention, reading a file again would bring them back.

    What cannot be read may tell of one, so then they do not.
    """
    if not agreement.keep_past_retention or unread_retention_runs(workspace):
        return False
    return last_retention(workspace, source=agreement.source) is None


def _too_old(workspace: Workspace, reading: Reading, rows: pd.DataFrame) -> Mask:
    """Tell which reports are past their retention: by the clock, whatever day of receipt was typed."""
    zone = workspace.settings.town.time_zone
    day = pd.Timestamp(datetime.now(UTC)).tz_convert(zone).date()
    limit = retention_limit(day, reading.gate.agreement.retention_months, zone)
    return (pd.to_datetime(rows["from_at"], utc=True) < limit).to_numpy()


def _repeated(text: str, times: int) -> Any:
    return pd.array(pa.repeat(text, times), dtype="str")


def _content(rows: pd.DataFrame) -> pd.Series:
    """Return a number for rows of a source without numbers: what they say, and which of the equal ones it is."""
    says = rows["crime_type"].astype("string")
    for name in ("from_at", "to_at"):
        says = says + "|" + rows[name].astype("int64").astype("string")
    for name in ("x_m", "y_m"):
        says = says + "|" + rows[name].round().astype("int64").astype("string")
    return says + "|" + says.groupby(says).cumcount().astype("string")


def _report(
    workspace: Workspace,
    reading: Reading,
    incidents: pd.DataFrame,
    comparison: Comparison,
    batch_id: str | None,
    *,
    dry_run: bool,
) -> IntakeReport:
    account = reading.account
    by_type = incidents["crime_type"].value_counts()
    local = incidents["from_at"].dt.tz_convert(reading.time_zone) if len(incidents) else None
    return IntakeReport(
        source=reading.gate.agreement.source,
        file=shown_name(reading.path, reading.file_id),
        received_at=reading.received_at.to_pydatetime(),
        dry_run=dry_run,
        new=comparison.new,
        corrected=comparison.corrected,
        unchanged=comparison.unchanged,
        older=comparison.older,
        refused_columns=reading.refused_columns,
        facts=reading.facts,
        notes=_notes(workspace, reading),
        period=(local.min().date(), local.max().date()) if local is not None else None,
        by_type={str(key): int(rows) for key, rows in by_type.items()},
        other_codes=reading.codes.named_others(),
        batch_id=batch_id,
        account=account,
    )


def _notes(workspace: Workspace, reading: Reading) -> tuple[str, ...]:
    notes = []
    agreement = reading.gate.agreement
    if len(reading.incidents) and _lets_old_in(workspace, agreement):
        kept = int(_too_old(workspace, reading, reading.incidents).sum())
        if kept:
            who = "1 melding is" if kept == 1 else f"{number(kept)} meldingen zijn"
            notes.append(
                f"{who} ouder dan de bewaartermijn van de afspraak ‘{agreement.source}’ ({_months(agreement)}). Zij "
                "worden vernietigd bij de eerstvolgende ‘stip week’ of met ‘stip agreements retention’."
            )
    if not reading.account.rows:
        notes.append("Het bestand heeft een kopregel en geen enkele rij. Kijk of de uitvoer gelukt is.")
    old = sum(count.rows for count in reading.account.refused_rules() if count.rule == PAST_RETENTION)
    if old:
        who = "1 melding is" if old == 1 else f"{number(old)} meldingen zijn"
        notes.append(
            f"{who} ouder dan de bewaartermijn van de afspraak ‘{agreement.source}’ ({_months(agreement)}) en niet "
            "opgeslagen."
        )
    return tuple(notes)


def _months(agreement: Agreement) -> str:
    months = agreement.retention_months
    return f"{number(months, 0 if float(months).is_integer() else 1)} maanden"


def _check_limit(report: IntakeReport, limit: float, agreement: Agreement) -> None:
    came_in = report.accepted + report.repaired
    if report.past_retention and not came_in and report.not_ours == report.rows:
        raise TooManyRefused(
            f"Geen enkele melding in {report.file} mag nog worden bewaard: de afspraak ‘{agreement.source}’ bewaart "
            f"{_months(agreement)} en alles is ouder. Er is niets opgeslagen. Kijk of dit het goede bestand is.",
            replace(report, batch_id=None),
        )
    if report.rows and not came_in and report.not_ours == report.rows:
        raise TooManyRefused(
            f"Geen enkele rij van {report.file} is van een soort die stip.toml kent. "
            "Kijk de codes bij [crime_types] na.",
            replace(report, batch_id=None),
        )
    if report.refused_share > limit:
        refused, whole = report.refused - report.not_ours, report.rows - report.not_ours
        first = next(count for count in report.refused_rules if count.rule.counts)
        part = f"{number(refused)} van {number(whole)} ({number(100 * report.refused_share, 1)} %)"
        raise TooManyRefused(
            f"Te veel rijen zijn geweigerd: {part}; de grens is {number(100 * limit, 1)} %. "
            f"Vooral: {first.rule.what} ({number(first.rows)}). {first.rule.advice} "
            "Er is niets opgeslagen. Toch inlezen kan met --accept-refused.",
            replace(report, batch_id=None),
        )


def _manifest(report: IntakeReport, reading: Reading, incidents: int) -> dict[str, Any]:
    kept = ("source", "rows", "accepted", "repaired", "refused", "not_ours", "new", "corrected", "by_type")
    told = report.to_dict()
    found = {"addresses": reading.addresses} if reading.addresses else {}
    return found | {
        "batch_id": report.batch_id,
        "file_id": reading.file_id,
        "file": report.file,
        "received_at": told["received_at"],
        "period": told["period"],
        "incidents": incidents,
        **{name: told[name] for name in kept},
        "person_columns": len(about_persons(each.heading for each in reading.refused_columns)),
        "refused_rules": {count.rule.code: count.rows for count in report.refused_rules},
        "repaired_rules": {count.rule.code: count.rows for count in report.repaired_rules},
    }
