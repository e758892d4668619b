# SPDX-License-Identifier: EUPL-1.2
"""The one door to the outside: figures are proposed, a person approves them, and then they lie in ``published/``.

A quarter goes out once. What comes in later does not change it, so that two exports of the same quarter can never be
laid beside each other to find the difference. What was wrong is told in words beside the figures.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from stip.agreements import check_not_paused, publish_pauses, tidy_reason
from stip.errors import AgreementError, WorkspaceError
from stip.publish.dwellings import dwellings_in
from stip.publish.figures import AREA, FIGURE, METHOD, figures_of, in_quarter, states_of
from stip.publish.out import published_quarters
from stip.publish.periods import Quarter
from stip.publish.places import publish_places
from stip.publish.ready import (
    allowed_sources,
    already_out,
    area_year_of,
    begins_of,
    check_ready,
    labels_of,
)
from stip.publish.record import record_of
from stip.publish.secret import secret_of
from stip.space import Areas, week_of_date
from stip.store import (
    Run,
    Workspace,
    conform,
    day_in_town,
    fingerprint,
    freeze_run,
    incident_sources,
    new_folder,
    read_areas,
    read_decisions,
    read_incidents,
    record,
    write_text,
)

APPROVE_ROLES = ("fg", "bestuur")
"""Who may approve, by role; a name is never kept."""
_KIND = "publish"
_NEEDED = {"record", "reporting", "sources"}


def propose(workspace: Workspace, quarter: Quarter, *, at: datetime) -> Run:
    """Round the figures of a quarter and freeze them, for someone to approve.

    Parameters
    ----------
    at : aware datetime
        What became known later does not count. One that is still to come is taken for now: lateness cannot be typed.

    Raises
    ------
    AgreementError
        When publishing is paused, no source may be used for it, or one that counts in this quarter may not be now.
    WorkspaceError
        When the quarter is not four weeks past, is out already, lacks weeks of a source, or there are no
        neighbourhoods.
    """
    at = min(at, datetime.now(UTC))
    check_not_paused(workspace, _KIND)
    settings = workspace.settings
    zone = settings.town.time_zone
    known = read_incidents(workspace, known_before=at)
    sources = check_ready(workspace, quarter, known, begins_of(workspace, known), at=at)
    incidents = _counted(known, sources, quarter, zone)
    areas = _areas_of(workspace, quarter)
    states = states_of(areas, dwellings_in(workspace, areas), minimum=settings.dwellings.minimum)
    secret = secret_of(workspace, published=bool(published_quarters(workspace)))
    figures = figures_of(
        incidents,
        quarter,
        areas,
        states,
        crime_types=tuple(settings.crime_types),
        town=(settings.town.code, settings.town.name),
        secret=secret,
    )
    told = record_of(workspace, quarter, incidents, figures, areas=areas, states=states, secret=secret, at=at)
    return freeze_run(
        workspace,
        kind=_KIND,
        week=week_of_date(quarter.last),
        settings={"quarter": quarter.name, "dwellings_minimum": settings.dwellings.minimum, "sources": sources},
        # Of what goes out, and keyed of the rest: a plain hash of true counts could be guessed.
        inputs={
            "figures": fingerprint(figures),
            "record": _hash_of(told),
            "reports": _keyed_hash_of(incidents, secret),
        },
        tables={"figures": conform(figures, FIGURE)},
        notes={
            "known_until": at.isoformat(),
            "method": METHOD,
            "labels": labels_of(workspace),
            "reporting": {code: str(kind.reporting) for code, kind in settings.crime_types.items()},
            "sources": sorted(set(sources) & set(incident_sources(workspace))),
            "record": told,
        },
    )


def approve(workspace: Workspace, run: Run, *, role: str, reason: str, at: datetime) -> Path:
    """Let proposed figures out: from then on they are public, and they stay as they are.

    Parameters
    ----------
    at : aware datetime
        One that is still to come is taken for now.

    Returns
    -------
    Path
        Their folder in ``published/``.

    Raises
    ------
    AgreementError
        When publishing is paused, the role may not approve, or the reason will not do.
    WorkspaceError
        When the run is damaged, its quarter is out already, or the reports, the rules or the borders changed since.
    """
    at = min(at, datetime.now(UTC))
    check_not_paused(workspace, _KIND)
    if role not in APPROVE_ROLES:
        raise AgreementError(f"‘{role}’ mag dit niet goedkeuren. Dat doet {' of '.join(APPROVE_ROLES)}.")
    reason = tidy_reason(reason, AgreementError)
    if not run.intact():
        raise WorkspaceError(f"Voorstel {run.run_id} is niet meer zoals het was vastgelegd. Maak het opnieuw.")
    gone = set(run.facts["settings"]["sources"]) - set(allowed_sources(workspace, on=day_in_town(workspace, at)))
    if gone:
        raise AgreementError(f"Bron ‘{min(gone)}’ mag niet meer openbaar worden gemaakt. Maak het voorstel opnieuw.")
    quarter = Quarter.named(run.facts["settings"]["quarter"])
    if not run.notes.keys() >= _NEEDED or "reports" not in run.facts["inputs"]:
        raise WorkspaceError(f"Voorstel {run.run_id} is van een oudere versie van Stip. Maak het voorstel opnieuw.")
    folder = _folder(workspace) / quarter.name
    if folder.exists():
        raise WorkspaceError(already_out(quarter))
    with workspace.writing():
        # Again, now that nothing can come between: a pause or another approval may have.
        check_not_paused(workspace, _KIND)
        if folder.exists():
            raise WorkspaceError(already_out(quarter))
        figures = run.table("figures")
        _check_rules(workspace, run, figures, quarter)
        _check_reports(workspace, run, quarter)
        publish_pauses(workspace)  # figures without a notice beside them are not shown
        publish_places(workspace, at=at, year=int(figures["area_year"].iloc[0]))
        row = {"run_id": run.run_id, "what": quarter.name, "reason": reason, "role": role}
        # Before the figures: a record counts as out only when they are.
        _write_record(workspace.root / "published" / "record" / f"{quarter.name}.json", run)
        with new_folder(folder) as half:
            (half / "figures.parquet").write_bytes((run.folder / "figures.parquet").read_bytes())
            facts = {"quarter": quarter.name, "run_id": run.run_id, "approved_at": at.isoformat(), "role": role}
            facts |= {name: run.notes[name] for name in ("known_until", "method", "labels", "reporting", "sources")}
            (half / "facts.json").write_text(json.dumps(facts, indent=1, ensure_ascii=False), encoding="utf-8")
            record(workspace, "approval", pd.DataFrame([row | _cut_off(workspace, run)]), at=at)
    return folder


def _cut_off(workspace: Workspace, run: Run) -> dict[str, str]:
    """Name the approval of these figures that a kill cut off before they were out: this one comes in its place."""
    earlier = read_decisions(workspace, "approval")
    ids = earlier.loc[earlier["run_id"] == run.run_id, "decision_id"]
    return {"supersedes": str(ids.iloc[-1])} if len(ids) else {}


def _write_record(path: Path, run: Run) -> None:
    told = run.notes["record"] | {"run_id": run.run_id}
    write_text(path, json.dumps(told, indent=1, ensure_ascii=False))


def _hash_of(told: dict[str, Any]) -> str:
    plain = {name: value for name, value in told.items() if name != "known_until"}
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:16]


def _keyed_hash_of(incidents: pd.DataFrame, secret: bytes) -> str:
    """Return a hash of the reports themselves; in whose delivery they came does not matter."""
    # Borders are looked at by themselves: reading new ones writes these columns anew and changes no report.
    plain = incidents.drop(columns=["batch_id", "area_code", "area_year"]).sort_values("incident_id")
    return hashlib.blake2b(fingerprint(plain).encode(), key=secret, digest_size=8).hexdigest()


def _counted(known: pd.DataFrame, sources: Iterable[str], quarter: Quarter, time_zone: str) -> pd.DataFrame:
    return in_quarter(known[known["source"].isin(list(sources))], quarter, time_zone)


def _folder(workspace: Workspace) -> Path:
    return workspace.root / "published" / "figures"


def _check_rules(workspace: Workspace, run: Run, figures: pd.DataFrame, quarter: Quarter) -> None:
    """Refuse figures that were hidden or shown by other rules, dwellings or borders than those of now."""
    areas, minimum = _areas_of(workspace, quarter), workspace.settings.dwellings.minimum
    now = states_of(areas, dwellings_in(workspace, areas), minimum=minimum).astype(str)
    rows = figures[figures["level"] == AREA]
    then = rows.drop_duplicates("area_code").set_index("area_code")["state"].astype(str)
    if (
        run.facts["settings"]["dwellings_minimum"] != minimum
        or set(rows["area_year"]) != {areas.year}
        or then.to_dict() != now.to_dict()
    ):
        raise WorkspaceError(
            f"Sinds voorstel {run.run_id} zijn de regel voor woningen, de woningen of de buurten veranderd. Maak het "
            "voorstel opnieuw."
        )


def _check_reports(workspace: Workspace, run: Run, quarter: Quarter) -> None:
    """Refuse figures of reports that are no longer those that were known when they were proposed."""
    known = read_incidents(workspace, known_before=datetime.fromisoformat(run.notes["known_until"]))
    zone, sources = workspace.settings.town.time_zone, run.facts["settings"]["sources"]
    secret = secret_of(workspace, published=True)
    if _keyed_hash_of(_counted(known, sources, quarter, zone), secret) != run.facts["inputs"]["reports"]:
        raise WorkspaceError(
            f"Sinds voorstel {run.run_id} zijn leveringen teruggedraaid, toegevoegd of veranderd. Maak het voorstel "
            "opnieuw."
        )


def _areas_of(workspace: Workspace, quarter: Quarter) -> Areas:
    return read_areas(workspace, area_year_of(workspace, quarter))
