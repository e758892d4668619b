# SPDX-License-Identifier: EUPL-1.2
"""Gathering a briefing from the plan that stands, its frozen outlook and the town's own streets."""

from __future__ import annotations

from typing import Any

from stip.agreements import check_stage, is_held, pause_in_words, pauses
from stip.errors import AgreementError
from stip.outlook import judgement_of
from stip.plan import PlannedPlace, Shown, moments, shown_places, shown_plan
from stip.store import Run, Workspace, latest_run
from stip.words import number
from stip_web.briefings.briefing import Briefing, BriefPlace, Picture, State
from stip_web.briefings.changes import Standing, standing_version
from stip_web.briefings.drawing import picture_of
from stip_web.briefings.reader import Reader
from stip_web.briefings.streets import Street, in_words, streets_of
from stip_web.desk.templatetags.dutch import moment, week_number
from stip_web.outlooks.cautions import Caution, changed_since, warnings_of
from stip_web.outlooks.labels import labels_of
from stip_web.outlooks.runs import is_intact, made_at, outlook_before, outlooks_of, planned_on
from stip_web.plans.seen import outline, team_name, team_of
from stip_web.workspaces.clock import now, today
from stip_web.workspaces.freshness import late_sources

_MOST_FACTS = 3


def briefing_of(workspace: Workspace, week: str, reader: Reader, *, root: str) -> Briefing:
    """Gather the briefing of a week, as far as this reader may read it.

    Parameters
    ----------
    root : str
        Begin of the addresses in the QR codes, such as ``https://stip.example.nl``.

    Raises
    ------
    AgreementError
        When the plan is on hold, or a source of reports may not be used for it today.
    PlanError
        When the proposal that was fixed is gone from the workspace.
    """
    check_stage(workspace, "plan", on=today(workspace))
    town = workspace.settings.town.name
    newest = latest_run(workspace, "plan", week)
    held = _held(workspace)
    if newest is None:
        return Briefing(town, week, "none", "Voor deze week is nog geen weekplan gemaakt.", warnings=held)
    shown = shown_plan(workspace, newest)
    state: State = "fixed" if shown.version else "concept"
    if state == "concept" and not reader.concept:
        return Briefing(town, week, "none", "Het weekplan van deze week is nog niet vastgesteld.", warnings=held)
    places = shown_places(workspace, shown.proposal.places)
    chosen = [place for place in places if reader.team in ("", team_of(workspace, place.team))]
    standing = standing_version(workspace, week, team=reader.team)
    still = is_held(workspace, "outlook")  # then nothing that it says is shown
    outlook = _outlook_of(workspace, shown.run)
    about: dict[str, Any] = {
        "number": shown.version,
        "own": bool(reader.team) and len(workspace.settings.plan.teams) > 1,
        "warnings": (*held, *(() if still else _warnings(workspace, outlook))),
        "notes": () if still else _notes(workspace, outlook, exact=reader.fine),
        "held": still,
        "version": _version(shown, standing, outlook),
    }
    if not reader.fine:
        seen = outline(workspace, shown)
        lead = _lead(seen.count, seen.districts)
        return Briefing(town, week, state, shown.status, coarse=True, outline=seen, lead=lead, **about)
    streets = streets_of(workspace, [place.cells for place in chosen], on=today(workspace))
    picture, without_map = _picture(workspace, chosen, streets)
    return Briefing(
        town,
        week,
        state,
        shown.status,
        lead=_lead(len(chosen), _districts(chosen), sum(place.hours for place in chosen)),
        places=tuple(
            _place(place, found, team_name(workspace, place.team), root, week)
            for place, found in zip(chosen, streets, strict=True)
        ),
        picture=picture,
        changes=standing.changes if standing else (),
        **about | {"warnings": (*about["warnings"], *without_map)},
    )


def _place(place: PlannedPlace, streets: list[Street], team: str, root: str, week: str) -> BriefPlace:
    visits = "1 bezoek" if place.visits == 1 else f"{place.visits} bezoeken"
    facts = place.reasons[:_MOST_FACTS]
    said = any(place.reason in fact for fact in place.reasons)
    own = (f"Eigen inzicht: {place.reason}",) if place.origin == "person" and place.reason and not said else ()
    return BriefPlace(
        number=place.number,
        place_id=place.place_id,
        title=", ".join(place.areas) or "Plek buiten de buurten",
        streets=in_words(streets),
        district=place.district,
        what=f"{place.kind.label.capitalize()}: {place.kind.to_do[0].lower()}{place.kind.to_do[1:]}",
        hours=f"{visits}, {_hours(place.hours)}",
        when=moments(place.slots, place.visits, place.when),
        who=team,
        task=place.kind.label,
        origin=place.origin,
        why=(*own, *facts)[:_MOST_FACTS],
        feedback=f"{root}/straat/plek/{place.place_id}?week={week.lower()}",
    )


def _picture(
    workspace: Workspace, places: list[PlannedPlace], streets: list[list[Street]]
) -> tuple[Picture | None, list[Caution]]:
    """Draw the map, or say why it is not there."""
    if not places:
        return None, []
    try:
        return picture_of(workspace, places, streets), []
    except AgreementError as error:
        return None, [Caution("hidden", "Kaart ontbreekt", str(error))]


def _districts(places: list[PlannedPlace]) -> tuple[str, ...]:
    return tuple(sorted({place.district for place in places if place.district}))


def _lead(places: int, districts: tuple[str, ...], hours: float = 0.0) -> str:
    """Say how many places and where; and how many hours, to who may know."""
    if not places:
        return "Er zijn deze week geen plekken."
    where = f" in {' en '.join(districts)}" if districts else ""
    count = "1 plek" if places == 1 else f"{places} plekken"
    return f"{count}{where}, samen {_hours(hours)}." if hours else f"{count}{where}."


def _hours(hours: float) -> str:
    return f"{number(hours, 0 if hours == round(hours) else 1)} uur"


def _outlook_of(workspace: Workspace, plan: Run) -> Run | None:
    """Give the frozen outlook that a plan was made on; None when it is no longer there."""
    made_on = plan.facts["inputs"].get("outlook")
    return next((run for run in outlooks_of(workspace, plan.week) if run.run_id == made_on), None)


def _held(workspace: Workspace) -> tuple[Caution, ...]:
    """Say that outlooks are on hold, when they are, and which source is late."""
    paused = pauses(workspace)
    paused = paused[paused["what"] == "outlook"]
    held = [Caution("error", "Op pauze", pause_in_words(workspace, row)) for _, row in paused.iterrows()]
    late = [Caution("late", "Te laat binnen", each.sentence) for each in late_sources(workspace, now(workspace))]
    return (*held, *late)


def _warnings(workspace: Workspace, outlook: Run | None) -> list[Caution]:
    """Give the warnings of the outlook; how it differs from last week's is for who makes the plan."""
    if outlook is None:
        return [
            Caution(
                "error",
                "Vooruitblik ontbreekt",
                "De vooruitblik waarop dit plan is gemaakt, staat niet meer in de werkmap. De beheerder kan haar "
                "terugzetten uit een reservekopie.",
            )
        ]
    found = warnings_of(workspace, outlook, intact=is_intact(workspace, outlook))
    for_makers = changed_since(outlook, outlook_before(workspace, outlook.week))
    return [each for each in found if each.text not in for_makers]


def _notes(workspace: Workspace, outlook: Run | None, *, exact: bool) -> tuple[str, ...]:
    """Say what the plan goes by, and how often that was right in the weeks before."""
    if outlook is None:
        return ()
    labels = labels_of(workspace)
    judged = judgement_of(outlook, labels, exact=exact)
    return planned_on(outlook, labels), f"Beter dan tellen? {judged.sentence}"


def _version(shown: Shown, standing: Standing | None, outlook: Run | None) -> str:
    week = shown.run.week
    stands = standing.line if standing else f"concept van {moment(made_at(shown.run))}"
    made_on = f" · vooruitblik {outlook.run_id}" if outlook else ""
    return f"{week_number(week).capitalize()} van {week[:4]} · {stands} · weekplan {shown.run.run_id}{made_on}"
