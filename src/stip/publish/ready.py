# SPDX-License-Identifier: EUPL-1.2
"""Whether a quarter may go out: long enough past, whole, and its sources agreed. Else why it has to stay in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import pandas as pd

from stip.agreements import Purpose, agreements_of, check_sources
from stip.errors import AgreementError, WorkspaceError
from stip.publish.figures import in_quarter
from stip.publish.out import published_quarters
from stip.publish.periods import LEAST_WEEKS_LATE, Quarter, closed_quarters
from stip.publish.whole import missing_types, missing_weeks, regular_since
from stip.store import Workspace, area_years, day_in_town, read_incidents
from stip.words import day, week_name


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
    begins = begins_of(workspace, known)
    if not begins:
        return {}
    out = set(published_quarters(workspace))
    found = {}
    for quarter in closed_quarters(min(begins.values()), day_in_town(workspace, at)):
        if quarter not in out:
            try:
                check_ready(workspace, quarter, known, begins, at=at)
            except (AgreementError, WorkspaceError) as error:
                found[quarter] = str(error)
            else:
                found[quarter] = ""
    return found


def open_quarters(workspace: Workspace, *, at: datetime) -> list[Quarter]:
    """Return the quarters that may go out and did not yet, oldest first.

    Parameters
    ----------
    at : aware datetime
    """
    return [quarter for quarter, why in held_back(workspace, at=at).items() if not why]


def check_ready(
    workspace: Workspace, quarter: Quarter, known: pd.DataFrame, begins: dict[str, date], *, at: datetime
) -> list[str]:
    """Refuse a quarter that may not go out, or of which not all is here; return the sources that may count in it."""
    today = day_in_town(workspace, at)
    check_open(workspace, quarter, today)
    _check_begun(quarter, begins)
    sources = allowed_sources(workspace, on=today)
    _check_use(workspace, in_quarter(known, quarter, workspace.settings.town.time_zone), sources)
    counted = _by_source(known, sources)
    if not counted:
        raise AgreementError(
            "Geen enkele bron met meldingen mag openbaar worden gemaakt. Zonder meldingen zou elk cijfer 0 zijn. "
            f"Zet ‘{Purpose.PUBLICATION}’ bij purposes van haar afspraak."
        )
    for source, one in counted.items():
        _check_whole(workspace, source, one, quarter, until=today)
    area_year_of(workspace, quarter)
    return sources


def begins_of(workspace: Workspace, incidents: pd.DataFrame) -> dict[str, date]:
    """Return from when each source comes regularly.

    Without a source that may go out all count: then proposing says what is wrong.
    """
    if incidents.empty:
        return {}
    counted = _by_source(incidents, _agreed(workspace)) or _by_source(incidents, set(incidents["source"]))
    return {source: regular_since(one, workspace.settings.town.time_zone) for source, one in counted.items()}


def check_open(workspace: Workspace, quarter: Quarter, today: date) -> None:
    """Refuse a quarter that is out, or not four weeks past."""
    if quarter in published_quarters(workspace):
        raise WorkspaceError(already_out(quarter))
    if today < quarter.opens_on(LEAST_WEEKS_LATE):
        raise WorkspaceError(
            f"Het {quarter.label} mag pas op {quarter.opens_on(LEAST_WEEKS_LATE):%d-%m-%Y} naar buiten: "
            f"{LEAST_WEEKS_LATE} weken na de laatste dag."
        )


def allowed_sources(workspace: Workspace, *, on: date) -> list[str]:
    """Return the sources that may be published on a day, by name; refuse when there is none."""
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


def already_out(quarter: Quarter) -> str:
    """Say that a quarter is out."""
    return (
        f"Het {quarter.label} is al openbaar en blijft zoals het is. Wie twee uitgaven van dezelfde cijfers naast "
        "elkaar legt, komt anders te veel te weten. Zet wat er niet klopt erbij in woorden."
    )


def area_year_of(workspace: Workspace, quarter: Quarter) -> int:
    """Return of which year the borders are: of the quarter, or the nearest year before it that is here."""
    years = area_years(workspace)
    if not years:
        raise WorkspaceError("Er zijn nog geen buurten. Lees ze eerst in: ‘stip intake areas’.")
    before = [year for year in years if year <= quarter.year]
    return max(before) if before else min(years)


def labels_of(workspace: Workspace) -> dict[str, str]:
    """Return what each crime type is called."""
    return {code: kind.label for code, kind in workspace.settings.crime_types.items()}


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


def _agreed(workspace: Workspace) -> set[str]:
    return {name for name, held in agreements_of(workspace).items() if Purpose.PUBLICATION in held.purposes}


def _by_source(incidents: pd.DataFrame, sources: Iterable[str]) -> dict[str, pd.DataFrame]:
    wanted = incidents[incidents["source"].isin(list(sources))]
    return {str(source): one for source, one in wanted.groupby("source", observed=True)}


def _check_whole(
    workspace: Workspace, source: str, incidents: pd.DataFrame, quarter: Quarter, *, until: date
) -> None:
    """Refuse a quarter of which weeks, or weeks of a type, never came: they would be noughts for ever."""
    zone, labels = workspace.settings.town.time_zone, labels_of(workspace)
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
            "ontbreekt. Komt het nooit meer? Haal dan het doel openbaarmaking uit de afspraak van de bron, of de "
            "soort uit crime_types in stip.toml."
        )


def _check_use(workspace: Workspace, incidents: pd.DataFrame, sources: list[str]) -> None:
    """Refuse a quarter while a source that counts in it stands still: without it the figures stay too low."""
    for source in sorted((set(incidents["source"]) & _agreed(workspace)) - set(sources)):
        raise AgreementError(
            f"Bron ‘{source}’ telt mee in dit kwartaal, maar mag nu niet worden gebruikt. Een kwartaal gaat één keer "
            "naar buiten: wacht tot deze bron weer mag, of haal het doel openbaarmaking uit haar afspraak."
        )
