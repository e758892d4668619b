# SPDX-License-Identifier: EUPL-1.2
"""``stip publish``: figures by neighbourhood and quarter, rounded, approved by a person, and then public."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from stip.agreements import check_not_paused
from stip.cli.app import JsonOption, WorkspaceOption
from stip.cli.moments import moment_of, past_moment_of
from stip.cli.publish_register import add_to as add_register
from stip.cli.show import say, say_json, table, warn
from stip.errors import OnHold, WorkspaceError
from stip.publish import (
    APPROVE_ROLES,
    AREA,
    Quarter,
    State,
    approve,
    held_back,
    place_facts,
    propose,
    publish_places,
    published_figures,
    published_quarters,
    tell_issue,
)
from stip.store import Run, Workspace, own_now, runs_of

app = typer.Typer(no_args_is_help=True, help="Openbaar: cijfers die naar buiten mogen, en wie dat goedkeurde.")
add_register(app)

QuarterArgument = Annotated[str, typer.Argument(help="Het kwartaal, zoals 2026-K2.", metavar="KWARTAAL")]
AtOption = Annotated[
    str,
    typer.Option("--at", help="Wanneer, zoals 2026-09-09T14:30; anders nu. Tijd van de gemeente.", metavar="TIJD"),
]


@app.command("list")
def list_quarters(workspace: WorkspaceOption = Path(), at: AtOption = "", json: JsonOption = False) -> None:
    """Toon welke kwartalen openbaar zijn, welke het mogen worden, en welke binnen blijven en waarom."""
    opened = Workspace.open(workspace)
    zone = opened.settings.town.time_zone
    held = held_back(opened, at=moment_of(at, zone) if at else own_now(opened))
    out = published_quarters(opened)
    if json:
        answer: dict[str, Any] = {"published": [each.name for each in out]}
        answer |= {"open": [each.name for each, why in held.items() if not why]}
        say_json(answer | {"held": {each.name: why for each, why in held.items() if why}})
        return
    rows = [(each.name, each.label, "openbaar") for each in out]
    rows += [
        (each.name, each.label, "blijft binnen" if why else "mag openbaar worden: stip publish propose")
        for each, why in held.items()
    ]
    try:
        check_not_paused(opened, "publish")
    except OnHold as pause:
        warn(str(pause))
    if not rows:
        say("Er is nog geen kwartaal dat openbaar mag worden.")
        return
    table(("Kwartaal", "Wanneer", "Stand"), rows)
    for each, why in held.items():
        if why:
            say(f"{each.name} blijft binnen. {why}")


@app.command("propose")
def propose_figures(
    quarter: QuarterArgument, workspace: WorkspaceOption = Path(), at: AtOption = "", json: JsonOption = False
) -> None:
    """Rond de cijfers van een kwartaal af, en leg ze klaar om goed te keuren."""
    opened = Workspace.open(workspace)
    asked = Quarter.named(quarter)
    run = propose(opened, asked, at=past_moment_of(at, opened.settings.town.time_zone))
    figures = run.table("figures")
    if json:
        say_json({"run_id": run.run_id, "figures": _plain(figures)})
        return
    _show(figures, run.notes["labels"])
    say(str(run.notes["method"]))
    say(f"Voorstel {run.run_id}. Goedkeuren: stip publish approve {asked.name} --role fg --reason …")


@app.command("approve")
def approve_figures(
    quarter: QuarterArgument,
    role: Annotated[str, typer.Option("--role", help=f"Uw rol: {', '.join(APPROVE_ROLES)}. Nooit een naam.")],
    reason: Annotated[str, typer.Option("--reason", help="Waarom, in één zin en zonder namen (140 tekens).")],
    workspace: WorkspaceOption = Path(),
    run_id: Annotated[str, typer.Option("--run", help="Nummer van het voorstel; anders het laatste.")] = "",
    at: AtOption = "",
    json: JsonOption = False,
) -> None:
    """Maak een voorstel openbaar. Daarna verandert het niet meer."""
    opened = Workspace.open(workspace)
    moment = past_moment_of(at, opened.settings.town.time_zone)
    folder = approve(opened, _proposal(opened, Quarter.named(quarter), run_id), role=role, reason=reason, at=moment)
    if json:
        say_json({"published": folder.name})
        return
    say(f"Openbaar: {folder}. Deze cijfers veranderen niet meer.")


@app.command("places")
def places(
    workspace: WorkspaceOption = Path(),
    year: Annotated[int, typer.Option("--year", help="Van welk jaar de grenzen zijn; anders het nieuwste.")] = 0,
    at: AtOption = "",
    json: JsonOption = False,
) -> None:
    """Leg de grenzen van buurten, en welke postcode in welke buurt ligt, bij de openbare cijfers."""
    opened = Workspace.open(workspace)
    folder = publish_places(opened, at=past_moment_of(at, opened.settings.town.time_zone), year=year or None)
    facts = place_facts(opened.root / "published", int(folder.name))
    if json:
        say_json(facts)
        return
    say(f"Openbaar: {folder}, met {facts['areas']} buurten en {facts['postcodes']} postcodes.")
    if facts["why_no_postcodes"]:
        say(facts["why_no_postcodes"])


@app.command("issue")
def issue(
    quarter: QuarterArgument,
    sentence: Annotated[str, typer.Argument(help="Wat er niet klopt, in één zin zonder namen (140 tekens).")],
    role: Annotated[str, typer.Option("--role", help=f"Uw rol: {', '.join(APPROVE_ROLES)}. Nooit een naam.")],
    workspace: WorkspaceOption = Path(),
    at: AtOption = "",
    json: JsonOption = False,
) -> None:
    """Vertel bij een openbaar kwartaal wat er niet klopt. De cijfers zelf veranderen niet."""
    opened = Workspace.open(workspace)
    moment = past_moment_of(at, opened.settings.town.time_zone)
    known = tell_issue(opened, Quarter.named(quarter), sentence, role=role, at=moment)
    if json:
        say_json(known)
        return
    table(("Sinds", "Wat er niet klopt"), [(each["since"][:10], each["sentence"]) for each in known])


@app.command("show")
def show_published(workspace: WorkspaceOption = Path(), json: JsonOption = False) -> None:
    """Toon alle cijfers die openbaar zijn."""
    opened = Workspace.open(workspace)
    check_not_paused(opened, "publish")
    figures = published_figures(opened.root / "published")
    if json:
        say_json(_plain(figures))
    elif figures.empty:
        say("Er is nog niets openbaar. ‘stip publish list’ toont wat het mag worden.")
    else:
        _show(figures, {code: kind.label for code, kind in opened.settings.crime_types.items()})


def _proposal(workspace: Workspace, quarter: Quarter, run_id: str) -> Run:
    found = [run for run in runs_of(workspace, "publish") if run.facts["settings"]["quarter"] == quarter.name]
    found = [run for run in found if run.run_id == run_id or not run_id]
    if not found:
        raise WorkspaceError(
            f"Er is geen voorstel voor {quarter.name}. Maak het eerst: stip publish propose {quarter.name}."
        )
    return max(found, key=_made_at)


def _made_at(run: Run) -> datetime:
    return datetime.fromisoformat(run.facts["made_at"])


def _plain(figures: pd.DataFrame) -> list[dict[Hashable, Any]]:
    return figures.astype(object).where(figures.notna(), None).to_dict("records")


def _show(figures: pd.DataFrame, labels: dict[str, str]) -> None:
    """Show a row for each area and quarter, a column for each type."""
    types = list(dict.fromkeys(figures["crime_type"]))
    rows = []
    for (quarter, level, _, name), of_area in figures.groupby(
        ["quarter", "level", "area_code", "area_name"], sort=False
    ):
        by_type = of_area.set_index("crime_type")
        state = State(str(by_type["state"].iloc[0]))
        cells = [str(int(by_type.loc[code, "figure"])) if state is State.PUBLISHED else "–" for code in types]
        note = "" if state is State.PUBLISHED else state.label
        rows.append((str(quarter), str(name) if level == AREA else f"{name} (gemeente)", *cells, note))
    names = [labels.get(code, code) for code in types]
    table(("Kwartaal", "Buurt", *names, "Opmerking"), rows, right=range(2, 2 + len(types)))
