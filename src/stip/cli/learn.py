# SPDX-License-Identifier: EUPL-1.2
"""``stip learn``: score the weeks, look back over them, and tell how it was at a place."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from stip.agreements import check_stage
from stip.cli.app import DryRunOption, JsonOption, WorkspaceOption
from stip.cli.learn_show import show_scores, show_weeks
from stip.cli.moments import moment_of, past_moment_of
from stip.cli.show import say, say_json
from stip.errors import SettingsError
from stip.learn import (
    CODES,
    DECIDING_ROLES,
    EVERY_TYPE,
    Ranking,
    Recorded,
    baseline_label,
    check_course,
    check_scorable,
    course_due,
    courses,
    due_weeks,
    final_scores,
    measure_outcome,
    people_beside,
    ranking_sentence,
    rankings,
    record_course,
    record_feedback,
    record_visit,
    score_week,
    totals,
    weeks_table,
)
from stip.plan import place_of
from stip.space import monday
from stip.store import Workspace

app = typer.Typer(no_args_is_help=True, help="Leer ervan: wat kwam er uit, wie had gelijk, en hoe was het op straat?")

PlanOption = Annotated[str, typer.Option("--plan", help="Het plan, zoals plan-2026-W37.")]
PlaceOption = Annotated[str, typer.Option("--place", help="Nummer of naam van de plek; zie ‘stip plan show’.")]
AtOption = Annotated[
    str,
    typer.Option("--at", help="Wanneer, zoals 2026-09-09T14:30; anders nu. Tijd van de gemeente.", metavar="TIJD"),
]
InsteadOption = Annotated[
    str, typer.Option("--instead-of", help="Nummer van de eerdere melding die dit vervangt.", metavar="NUMMER")
]


@app.command()
def score(
    workspace: WorkspaceOption = Path(),
    week: Annotated[
        str, typer.Option(help="De ISO-week, zoals 2026-W37; anders alle weken die nog niet definitief zijn.")
    ] = "",
    at: AtOption = "",
    again: Annotated[bool, typer.Option("--again", help="Meet ook na wat al definitief is.")] = False,
    json: JsonOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Meet na wat er viel in de vakken die de vooruitblik, mensen en het lot aanwezen."""
    opened = Workspace.open(workspace)
    now = moment_of(at, opened.settings.town.time_zone)
    if week:
        monday(week)
    elif again:
        raise SettingsError("Noem bij --again ook de week, zoals --week 2026-W37.")
    weeks = [week] if week else due_weeks(opened, at=now)
    if dry_run:
        for one in weeks:
            check_scorable(opened, one, at=now)
        if json:
            say_json({"would_score": weeks})
        else:
            say(f"Dit zou nameten: {', '.join(weeks) or 'geen enkele week'}. Er is niets geschreven.")
        return
    scored = {one: score_week(opened, one, at=now, again=again) for one in weeks}
    if json:
        say_json({one: _plain(rows) for one, rows in scored.items()})
        return
    if not scored:
        say("Er is geen week om na te meten. Elke week met een vooruitblik is al definitief, is nog niet voorbij,")
        say("of wacht op een bestand met nieuwere meldingen.")
        return
    show_scores(opened, scored)


@app.command()
def weeks(
    workspace: WorkspaceOption = Path(),
    number: Annotated[int, typer.Option("--number", "-n", min=1, help="Zoveel weken terug.")] = 12,
    crime_type: Annotated[str, typer.Option("--type", help="Alleen deze soort, zoals bicycle_theft.")] = "",
    json: JsonOption = False,
) -> None:
    """Toon de weken: verwacht, gemeld, raak, bezocht, teruggekoppeld, en wat dat laat zeggen."""
    opened = Workspace.open(workspace)
    check_stage(opened, "learn")
    table, summed = weeks_table(opened, number, crime_type=crime_type), totals(opened)
    if json:
        people = people_beside(summed, opened.settings.learn, crime_type=crime_type or EVERY_TYPE)
        say_json({"weeks": _plain(table), "totals": _plain(summed), "people": [asdict(judged) for judged in people]})
        return
    show_weeks(opened, table, summed, crime_type=crime_type)


@app.command()
def feedback(
    plan: PlanOption,
    place: PlaceOption,
    visited: Annotated[bool, typer.Option("--visited/--not-visited", help="Is het team er geweest?")],
    workspace: WorkspaceOption = Path(),
    code: Annotated[str, typer.Option(help=f"Hoe het er was: {', '.join(CODES)}.")] = "",
    better: Annotated[
        list[str] | None, typer.Option("--better", help="Een vak waar het beter was geweest. Mag vaker.")
    ] = None,
    at: AtOption = "",
    instead_of: InsteadOption = "",
    json: JsonOption = False,
) -> None:
    """Koppel terug hoe het was op een plek. Codes, geen namen en geen verhalen."""
    opened = Workspace.open(workspace)
    place = _place(opened, plan, place)
    told = record_feedback(
        opened,
        plan,
        place,
        visited=visited,
        at=past_moment_of(at, opened.settings.town.time_zone),
        code=code,
        better_cells=[opened.grid.cell_named(name) for name in better or ()],
        supersedes=instead_of or None,
    )
    _tell(told, f"Terugkoppeling over {place} in {told.week} is vastgelegd.", json=json)


@app.command()
def visit(
    plan: PlanOption,
    place: PlaceOption,
    hours: Annotated[float, typer.Option(help="Uren van het team samen, zoals 1.5.")],
    workspace: WorkspaceOption = Path(),
    at: AtOption = "",
    instead_of: InsteadOption = "",
    json: JsonOption = False,
) -> None:
    """Leg vast hoe lang het team op een plek was."""
    opened = Workspace.open(workspace)
    place = _place(opened, plan, place)
    told = record_visit(
        opened,
        plan,
        place,
        hours=hours,
        at=past_moment_of(at, opened.settings.town.time_zone),
        supersedes=instead_of or None,
    )
    _tell(told, f"Bezoek aan {place} in {told.week} is vastgelegd.", json=json)


@app.command()
def ranking(workspace: WorkspaceOption = Path(), json: JsonOption = False) -> None:
    """Toon wie beter aanwees: mensen, de vooruitblik of de telling ernaast; per team, nooit per persoon."""
    opened = Workspace.open(workspace)
    check_stage(opened, "learn")
    found = rankings(opened)
    baseline = baseline_label(opened, [run.week for run in final_scores(opened)])
    if json:
        lines = [_ranking(each) | {"sentence": ranking_sentence(each, baseline=baseline)} for each in found]
        say_json({"rankings": lines})
        return
    for each in found:
        team = f" (team {opened.settings.plan.teams.get(each.team, each.team)})" if each.team else ""
        say(
            f"• {each.kind.label[:1].upper()}{each.kind.label[1:]}{team}: {ranking_sentence(each, baseline=baseline)}"
        )


@app.command()
def decide(
    workspace: WorkspaceOption = Path(),
    choice: Annotated[str, typer.Option(help="go (doorgaan), change (bijstellen) of stop (stoppen).")] = "",
    reason: Annotated[str, typer.Option(help="Waarom, in één zin, zonder namen.")] = "",
    role: Annotated[str, typer.Option(help=f"Wie beslist: {' of '.join(DECIDING_ROLES)}. Geen naam.")] = "",
    at: AtOption = "",
    json: JsonOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Doorgaan, bijstellen of stoppen: toon wat de afgesproken maat zegt, en leg met --choice het besluit vast."""
    opened = Workspace.open(workspace)
    check_stage(opened, "learn")
    now = past_moment_of(at, opened.settings.town.time_zone)
    made = check_course(opened, choice, reason=reason, role=role, at=now) if choice else None
    outcome = made.outcome if made else measure_outcome(opened)
    decision = record_course(opened, made, at=now) if made and not dry_run else None
    if json:
        taken = _plain(courses(opened).drop(columns="supersedes"))
        told = {"met": str(outcome.met), "weeks": list(outcome.weeks), "sentence": outcome.sentence}
        say_json({"measure": told, "due": course_due(opened), "decision_id": decision, "decisions": taken})
        return
    say(outcome.sentence)
    if decision:
        say(f"Vastgelegd: {made.choice.label if made else ''}. Nummer: {decision}")
    elif made:
        say(f"Dit zou vastleggen: {made.choice.label}. Er is niets geschreven.")
    elif due := course_due(opened):
        say(f"Het volgende besluit is nodig in {due}. Leg het vast met --choice, --reason en --role.")


def _ranking(found: Ranking) -> dict[str, Any]:
    return asdict(found) | {"order": list(found.order), "certainty": found.certainty}


def _place(workspace: Workspace, plan: str, named: str) -> str:
    """Return the id of a place that is named by its number in the plan."""
    return place_of(workspace, plan.removeprefix("plan-"), named)


def _tell(told: Recorded, done: str, *, json: bool) -> None:
    if json:
        say_json({"decision_id": told.decision_id, "new": told.new, "week": told.week})
        return
    say(done if told.new else "Dit was al vastgelegd; er is niets toegevoegd.")
    say(f"Nummer: {told.decision_id}")


def _plain(table: pd.DataFrame) -> list[dict[Hashable, Any]]:
    """Return rows as JSON can hold them: what is missing is null."""
    return table.astype(object).where(table.notna(), None).to_dict("records")
