# SPDX-License-Identifier: EUPL-1.2
"""The one door to the outside: figures are proposed, a person approves them, and then they lie in ``published/``.

A quarter goes out once. What comes in later does not change it, so that two exports of the same quarter can never be
laid beside each other to find the difference. What was wrong is told in words beside the figures.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from stip.agreements import Purpose, agreements_of, check_not_paused, check_sources, publish_pauses, tidy_reason
from stip.errors import AgreementError, WorkspaceError
from stip.publish.dwellings import dwellings_in
from stip.publish.figures import AREA, FIGURE, METHOD, figures_of, in_quarter, states_of
from stip.publish.out import published_quarters
from stip.publish.periods import LEAST_WEEKS_LATE, Quarter, closed_quarters
from stip.publish.places import publish_places
from stip.publish.record import record_of
from stip.publish.secret import secret_of
from stip.publish.whole import missing_types, missing_weeks, regular_since
from stip.space import Areas, week_of_date
from stip.store import (
    Run,
    Workspace,
    area_years,
    conform,
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
from stip.words import day, week_name

APPROVE_ROLES = ("fg", "bestuur")
"""Who may approve, by role; a name is never kept."""
_KIND = "publish"
_NEEDED = {"record", "reporting", "sources"}


def open_quarters(workspace: Workspace, *, today: date) -> list[Quarter]:
    """Return the quarters that may go out and did not yet, oldest first: those in which every source came regularly.

    Parameters
    ----------
    today : date
    """
    begins = _begins(workspace, read_incidents(workspace))
    if not begins:
        return []
    out = set(published_quarters(workspace))
    return [quarter for quarter in closed_quarters(max(begins.values()), today) if quarter not in out]


def held_back(workspace: Workspace, *, at: datetime) -> dict[Quarter, str]:
    """Return each quarter that is four weeks past and not out, oldest first, with why it has to stay in.

    It is what `propose` would say at that moment, so that a list of quarters never promises what proposing refuses.
    Only a pause of publishing itself is left out: that holds for all.

    Returns
    -------
    dict of Quarter to str
        Empty of a quarter that may go out.
    """
    known = read_incidents(workspace, known_before=at)
    begins = _begins(workspace, known)
    if not begins:
        return {}
    out = set(published_quarters(workspace))
    found = {}
    for quarter in closed_quarters(min(begins.values()), _day(workspace, at)):
        if quarter not in out:
            try:
                _check_ready(workspace, quarter, known, begins, at=at)
            except (AgreementError, WorkspaceError) as error:
                found[quarter] = str(error)
            else:
                found[quarter] = ""
    return found


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
    sources = _check_ready(workspace, quarter, known, _begins(workspace, known), at=at)
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
            "labels": _labels(workspace),
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
    gone = set(run.facts["settings"]["sources"]) - set(_sources(workspace, on=_day(workspace, at)))
    if gone:
        raise AgreementError(f"Bron ‘{min(gone)}’ mag niet meer openbaar worden gemaakt. Maak het voorstel opnieuw.")
    quarter = Quarter.named(run.facts["settings"]["quarter"])
    if not run.notes.keys() >= _NEEDED or "reports" not in run.facts["inputs"]:
        raise WorkspaceError(f"Voorstel {run.run_id} is van een oudere versie van Stip. Maak het voorstel opnieuw.")
    folder = _folder(workspace) / quarter.name
    if folder.exists():
        raise WorkspaceError(_out_already(quarter))
    with workspace.writing():
        # Again, now that nothing can come between: a pause or another approval may have.
        check_not_paused(workspace, _KIND)
        if folder.exists():
            raise WorkspaceError(_out_already(quarter))
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
    plain = incidents.drop(columns="batch_id").sort_values("incident_id")
    return hashlib.blake2b(fingerprint(plain).encode(), key=secret, digest_size=8).hexdigest()


def _counted(known: pd.DataFrame, sources: Iterable[str], quarter: Quarter, time_zone: str) -> pd.DataFrame:
    return in_quarter(known[known["source"].isin(list(sources))], quarter, time_zone)


def _day(workspace: Workspace, at: datetime) -> date:
    return at.astimezone(ZoneInfo(workspace.settings.town.time_zone)).date()


def _folder(workspace: Workspace) -> Path:
    return workspace.root / "published" / "figures"


def _check_ready(
    workspace: Workspace, quarter: Quarter, known: pd.DataFrame, begins: dict[str, date], *, at: datetime
) -> list[str]:
    """Refuse a quarter that may not go out, or of which not all is here; return the sources that may count in it."""
    today = _day(workspace, at)
    _check_open(workspace, quarter, today)
    _check_begun(quarter, begins)
    sources = _sources(workspace, on=today)
    _check_use(workspace, in_quarter(known, quarter, workspace.settings.town.time_zone), sources)
    counted = _by_source(known, sources)
    if not counted:
        raise AgreementError(
            "Geen enkele bron met meldingen mag openbaar worden gemaakt. Zonder meldingen zou elk cijfer 0 zijn. "
            f"Zet ‘{Purpose.PUBLICATION}’ bij purposes van haar afspraak."
        )
    for source, one in counted.items():
        _check_whole(workspace, source, one, quarter, until=today)
    _area_year(workspace, quarter)
    return sources


def _begins(workspace: Workspace, incidents: pd.DataFrame) -> dict[str, date]:
    """Return from when each source comes regularly.

    Without a source that may go out all count: then proposing says what is wrong.
    """
    if incidents.empty:
        return {}
    counted = _by_source(incidents, _agreed(workspace)) or _by_source(incidents, set(incidents["source"]))
    return {source: regular_since(one, workspace.settings.town.time_zone) for source, one in counted.items()}


def _check_begun(quarter: Quarter, begins: dict[str, date]) -> None:
    """Refuse a quarter in which a source did not come regularly from its first day on."""
    if not begins:
        raise WorkspaceError(f"Er zijn nog geen meldingen om het {quarter.label} van te maken. Lees ze eerst in.")
    late = {source: since for source, since in begins.items() if since > quarter.first}
    if late:
        who = ", ".join(f"bron ‘{source}’ pas vanaf {day(since)}" for source, since in sorted(late.items()))
        raise WorkspaceError(
            f"Niet elke bron kwam al geregeld vanaf de eerste dag van het {quarter.label}: {who}. Zonder eerdere "
            "meldingen daarvan zou dit kwartaal voor altijd te laag zijn. Lees die alsnog in. Is de bron nieuw, dan "
            "blijft dit kwartaal binnen. Horen haar meldingen niet bij de openbare cijfers? Haal dan het doel "
            "openbaarmaking uit haar afspraak."
        )


def _check_open(workspace: Workspace, quarter: Quarter, today: date) -> None:
    if quarter in published_quarters(workspace):
        raise WorkspaceError(_out_already(quarter))
    if today < quarter.opens_on(LEAST_WEEKS_LATE):
        raise WorkspaceError(
            f"Het {quarter.label} mag pas op {quarter.opens_on(LEAST_WEEKS_LATE):%d-%m-%Y} naar buiten: "
            f"{LEAST_WEEKS_LATE} weken na de laatste dag."
        )


def _out_already(quarter: Quarter) -> str:
    return (
        f"Het {quarter.label} is al openbaar en blijft zoals het is. Wie twee uitgaven van dezelfde cijfers naast "
        "elkaar legt, komt anders te veel te weten. Zet wat er niet klopt erbij in woorden."
    )


def _sources(workspace: Workspace, *, on: date) -> list[str]:
    allowed = []
    refused: list[str] = []
    for agreement in agreements_of(workspace).values():
        if Purpose.PUBLICATION in agreement.purposes:
            try:
                check_sources(workspace, [agreement.source], Purpose.PUBLICATION, on=on)
            except AgreementError as error:
                refused.append(str(error))
            else:
                allowed.append(agreement.source)
    if not allowed:
        raise AgreementError(
            "Geen enkele bron mag openbaar worden gemaakt. "
            + (refused[0] if refused else f"Zet ‘{Purpose.PUBLICATION}’ bij purposes van een afspraak.")
        )
    return sorted(allowed)


def _agreed(workspace: Workspace) -> set[str]:
    return {name for name, held in agreements_of(workspace).items() if Purpose.PUBLICATION in held.purposes}


def _by_source(incidents: pd.DataFrame, sources: Iterable[str]) -> dict[str, pd.DataFrame]:
    wanted = incidents[incidents["source"].isin(list(sources))]
    return {str(source): one for source, one in wanted.groupby("source", observed=True)}


def _check_whole(
    workspace: Workspace, source: str, incidents: pd.DataFrame, quarter: Quarter, *, until: date
) -> None:
    """Refuse a quarter of which weeks, or weeks of a type, never came: they would be noughts for ever."""
    zone, labels = workspace.settings.town.time_zone, _labels(workspace)
    missing, of_type = missing_weeks(incidents, quarter, zone, until=until), ""
    if not missing:
        types = missing_types(incidents, quarter, zone, crime_types=labels, until=until)
        code = next(iter(types), "")
        missing, of_type = types.get(code, []), f" zonder één melding van de soort ‘{labels.get(code)}’"
    if missing:
        rest = len(missing) - 1
        more = f" en {'één andere week' if rest == 1 else f'{rest} andere weken'}" if rest else ""
        raise WorkspaceError(
            f"Van bron ‘{source}’ ontbreekt een deel van het {quarter.label}: {week_name(missing[0])}{more}{of_type}."
            " Een kwartaal gaat één keer naar buiten en zou dan voor altijd te laag zijn. Lees alsnog in wat "
            "ontbreekt. Komt het nooit meer, dan blijft dit kwartaal binnen."
        )


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


def _check_use(workspace: Workspace, incidents: pd.DataFrame, sources: list[str]) -> None:
    """Refuse a quarter while a source that counts in it stands still: without it the figures stay too low."""
    for source in sorted((set(incidents["source"]) & _agreed(workspace)) - set(sources)):
        raise AgreementError(
            f"Bron ‘{source}’ telt mee in dit kwartaal, maar mag nu niet worden gebruikt. Een kwartaal gaat één keer "
            "naar buiten: wacht tot deze bron weer mag, of haal het doel openbaarmaking uit haar afspraak."
        )


def _areas_of(workspace: Workspace, quarter: Quarter) -> Areas:
    return read_areas(workspace, _area_year(workspace, quarter))


def _area_year(workspace: Workspace, quarter: Quarter) -> int:
    """Return of which year the borders are: of the quarter, or the nearest year before it that is here."""
    years = area_years(workspace)
    if not years:
        raise WorkspaceError("Er zijn nog geen buurten. Lees ze eerst in: ‘stip intake areas’.")
    before = [year for year in years if year <= quarter.year]
    return max(before) if before else min(years)


def _labels(workspace: Workspace) -> dict[str, str]:
    return {code: kind.label for code, kind in workspace.settings.crime_types.items()}
