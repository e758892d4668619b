# SPDX-License-Identifier: EUPL-1.2
"""``stip plan``: make the week plan, show it, fix it, and write down what people know better."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from stip.agreements import check_stage
from stip.cli.app import DryRunOption, JsonOption, WorkspaceOption
from stip.cli.plan_override import app as override_app
from stip.cli.plan_page import facts_of, show_proposal
from stip.cli.remade import remake
from stip.cli.show import console_err, number, say, say_json, warn
from stip.errors import PlanError
from stip.plan import (
    LAST_WEEK,
    VisitKind,
    adopt,
    look_up,
    make_plan,
    proposal_of,
    shown_proposal,
    standing_plan,
    write_plan_csv,
    write_plan_geojson,
)
from stip.store import Run, Workspace, latest_run, read_decisions, runs_of

app = typer.Typer(no_args_is_help=True, help="Maak het weekplan: uren erin, plekken eruit. Mensen beslissen.")
app.add_typer(override_app, name="override")

_KINDS = ", ".join(kind.label for kind in VisitKind)

RunOption = Annotated[str, typer.Option("--run", help="Nummer van het voorstel; anders het laatst gemaakte.")]
WeekOption = Annotated[str, typer.Option("--week", help="De week, zoals 2026-W37; anders de laatste.")]
RotationOption = Annotated[
    str, typer.Option("--reason-rotation", help="Waarom een wijk vaker aan de beurt mag dan is afgesproken.")
]


@app.command()
def make(
    workspace: WorkspaceOption = Path(),
    week: WeekOption = "",
    hours: Annotated[float | None, typer.Option(help="Uren van het team; anders plan.hours.")] = None,
    like: Annotated[
        str, typer.Option(help=f"‘{LAST_WEEK}’ of een week: houd plekken van dat plan als ze bijna zo goed zijn.")
    ] = "",
    seed: Annotated[
        int | None,
        typer.Option(help="Ander lot, om uit te proberen. Zo’n voorstel kan niet worden vastgesteld.", min=0),
    ] = None,
    reason_rotation: RotationOption = "",
    json: JsonOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Stel de plekken van de week voor en bewaar het voorstel."""
    opened = Workspace.open(workspace)
    chosen = week or _last_outlook(opened)
    passed = {"rotation": reason_rotation} if reason_rotation else {}
    with console_err.status("Het plan wordt gemaakt…"):
        if dry_run:
            inputs = look_up(opened, chosen, hours=hours, like=like, seed=seed, passed_rules=passed)
            proposal, run_id = inputs.propose(), ""
        else:
            run = make_plan(opened, chosen, hours=hours, like=like, seed=seed, passed_rules=passed)
            proposal, run_id = proposal_of(run), run.run_id
            remake(opened, chosen)
    if json:
        say_json({"run_id": run_id or None, **facts_of(proposal, opened.grid)})
        return
    show_proposal(proposal, run_id=run_id, status="voorstel")
    if run_id:
        last = latest_run(opened, "plan", chosen)
        which = "" if last is None or last.run_id == run_id else f" --run {run_id}"
        say(f"Akkoord? Stel het vast met: stip plan adopt --week {chosen}{which}")


@app.command()
def show(
    workspace: WorkspaceOption = Path(), week: WeekOption = "", run_id: RunOption = "", json: JsonOption = False
) -> None:
    """Laat het laatste voorstel zien, en of het is vastgesteld."""
    opened = Workspace.open(workspace)
    run = _last_plan(opened, week, run_id)
    proposal = shown_proposal(opened, proposal_of(run))
    standing = read_decisions(opened, "plan", week=run.week)
    version = int(standing["version"].max()) if len(standing) else 0
    if json:
        fixed = (
            None if not version else {"version": version, "places": list(standing_plan(opened, run.week)["place_id"])}
        )
        say_json({"run_id": run.run_id, "adopted": fixed, **facts_of(proposal, opened.grid)})
        return
    show_proposal(proposal, run_id=run.run_id, status=_status(opened, run.week, version, proposal.places))


@app.command(name="adopt")
def adopt_plan(
    workspace: WorkspaceOption = Path(),
    week: WeekOption = "",
    without: Annotated[
        list[str] | None,
        typer.Option("--without", help="Een plek die niet doorgaat, met de reden: PLEK-ID=reden. Mag vaker."),
    ] = None,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help=f"Ander soort bezoek: PLEK-ID=soort. Kies uit {_KINDS}.")
    ] = None,
    reason_rotation: RotationOption = "",
    run_id: RunOption = "",
    json: JsonOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Stel het laatste voorstel vast als plan van de week."""
    opened = Workspace.open(workspace)
    run = _last_plan(opened, week, run_id)
    leave_out = dict(_named(without or [], "--without", "werk aan de straat"))
    kinds = {place_id: _kind(text) for place_id, text in _named(kind or [], "--kind", "licht")}
    done = adopt(
        opened,
        proposal_of(run),
        at=datetime.now(UTC),
        leave_out=leave_out,
        kinds=kinds,
        reason_rotation=reason_rotation,
        run_id=run.run_id,
        dry_run=dry_run,
    )
    if not dry_run:
        remake(opened, run.week)
    if json:
        say_json({"run_id": run.run_id, "written": not dry_run, **asdict(done)})
        return
    say(f"{'Zou worden vastgesteld' if dry_run else 'Vastgesteld'}: weekplan {run.week}, versie {done.version}.")
    say(f"{done.visited} plekken, uit voorstel {run.run_id}.")
    if done.left_out:
        say(f"Gaat niet door: {done.left_out}. Dat staat erbij, met de reden en de kans.")
    if done.withdrawn:
        say(f"Vervallen tegenover de vorige versie: {done.withdrawn}.")
    if dry_run:
        say("Er is niets geschreven.")


@app.command()
def export(
    workspace: WorkspaceOption = Path(),
    week: WeekOption = "",
    csv: Annotated[Path | None, typer.Option("--csv", help="Schrijf de lijst voor een rekenblad.")] = None,
    geojson: Annotated[Path | None, typer.Option("--geojson", help="Schrijf de omtrekken voor een kaart.")] = None,
    run_id: RunOption = "",
    json: JsonOption = False,
) -> None:
    """Schrijf het laatste voorstel als lijst of als kaartlaag."""
    if csv is None and geojson is None:
        raise typer.BadParameter("Noem --csv BESTAND, --geojson BESTAND of allebei.")
    opened = Workspace.open(workspace)
    run = _last_plan(opened, week, run_id)
    proposal = shown_proposal(opened, proposal_of(run))
    written = {}
    if csv is not None:
        written["csv"] = write_plan_csv(proposal, opened.grid, csv)
    if geojson is not None:
        written["geojson"] = write_plan_geojson(proposal, opened.grid, geojson)
    if json:
        say_json({"run_id": run.run_id, **{kind: str(path) for kind, path in written.items()}})
        return
    for path in written.values():
        say(f"Geschreven: {path} ({number(len(proposal.places))} plekken)")
    warn("In deze bestanden staan plekken van het team. Deel ze alleen met wie het plan mag zien.")


def _last_outlook(workspace: Workspace) -> str:
    run = latest_run(workspace, "outlook")
    if run is None:
        raise PlanError("Er is nog geen vooruitblik. Maak die eerst: stip outlook run")
    return run.week


def _last_plan(workspace: Workspace, week: str, run_id: str) -> Run:
    check_stage(workspace, "plan")
    found = [run for run in runs_of(workspace, "plan", week or None) if run_id in ("", run.run_id)]
    if not found:
        which = f" {run_id}" if run_id else ""
        raise PlanError(
            f"Er is nog geen voorstel{which}{f' voor {week}' if week else ''}. Maak het eerst: stip plan make"
        )
    return found[-1]


def _named(given: list[str], option: str, example: str) -> list[tuple[str, str]]:
    """Cut ``PLEK-ID=text`` in two."""
    for text in given:
        if "=" not in text:
            raise typer.BadParameter(f'Schrijf {option} als PLEK-ID=…, zoals {option} "p1a2b3c4d={example}".')
    return [(text.split("=", 1)[0].strip(), text.split("=", 1)[1].strip()) for text in given]


def _kind(text: str) -> VisitKind:
    for kind in VisitKind:
        if text.lower() in (kind.value, kind.label):
            return kind
    raise typer.BadParameter(f"‘{text}’ is geen soort bezoek. Kies uit {_KINDS}.")


def _status(workspace: Workspace, week: str, version: int, places: tuple[object, ...]) -> str:
    if not version:
        return "voorstel, nog niet vastgesteld"
    standing = set(standing_plan(workspace, week)["place_id"])
    same = standing == {getattr(place, "place_id", "") for place in places}
    return f"vastgesteld, versie {version}" if same else f"voorstel; versie {version} staat vast met andere plekken"
