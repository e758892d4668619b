# SPDX-License-Identifier: EUPL-1.2
"""``stip plan override``: what people know better, with a reason and a role."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from stip.cli.app import DryRunOption, JsonOption, WorkspaceOption
from stip.cli.remade import remake
from stip.cli.show import say, say_json, table
from stip.errors import PlanError
from stip.plan import ROLES, Override, check_override, record_override
from stip.store import Workspace, latest_run, read_decisions

app = typer.Typer(no_args_is_help=True, help="Eigen inzicht: voeg plekken toe, haal ze weg, verplaats of verlaag ze.")

CellsArgument = Annotated[list[str], typer.Argument(help="Vakken, zoals E136125N455875.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="Waarom, in één zin en zonder namen (140 tekens).")]
RoleOption = Annotated[str, typer.Option("--role", help=f"Uw rol: {', '.join(ROLES)}. Nooit een naam.")]
WeekOption = Annotated[str, typer.Option("--week", help="De week; anders die van de laatste vooruitblik.")]
TypeOption = Annotated[str, typer.Option("--type", help="Alleen deze soort melding, zoals bicycle_theft.")]

_SAID = {
    "add": "toegevoegd als eigen plek",
    "drop": "vervalt",
    "move": "verplaatst",
    "lower": "telt half mee",
}


@app.command()
def add(
    cells: CellsArgument,
    reason: ReasonOption,
    role: RoleOption,
    workspace: WorkspaceOption = Path(),
    week: WeekOption = "",
    json: JsonOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Voeg een eigen plek toe. Zij telt even zwaar als een voorgestelde plek."""
    _decide(workspace, week, "add", cells, reason, role, json=json, dry_run=dry_run)


@app.command()
def drop(
    cells: CellsArgument,
    reason: ReasonOption,
    role: RoleOption,
    workspace: WorkspaceOption = Path(),
    week: WeekOption = "",
    crime_type: TypeOption = "",
    json: JsonOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Geen plek in deze vakken, deze week. Met --type telt alleen die soort er niet mee."""
    _decide(workspace, week, "drop", cells, reason, role, crime_type=crime_type, json=json, dry_run=dry_run)


@app.command()
def move(
    cells: CellsArgument,
    to: Annotated[list[str], typer.Option("--to", help="Vak waarheen; herhaal voor meer vakken.")],
    reason: ReasonOption,
    role: RoleOption,
    workspace: WorkspaceOption = Path(),
    week: WeekOption = "",
    json: JsonOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Verplaats een plek: weg uit deze vakken, en een eigen plek in die van --to."""
    _decide(workspace, week, "move", cells, reason, role, to=to, json=json, dry_run=dry_run)


@app.command()
def lower(
    cells: CellsArgument,
    reason: ReasonOption,
    role: RoleOption,
    workspace: WorkspaceOption = Path(),
    week: WeekOption = "",
    crime_type: TypeOption = "",
    json: JsonOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Laat wat in deze vakken wordt verwacht half meetellen."""
    _decide(workspace, week, "lower", cells, reason, role, crime_type=crime_type, json=json, dry_run=dry_run)


@app.command(name="list")
def list_standing(workspace: WorkspaceOption = Path(), week: WeekOption = "", json: JsonOption = False) -> None:
    """Laat zien wat mensen voor de week besloten."""
    opened = Workspace.open(workspace)
    rows = read_decisions(opened, "override", week=_week(opened, week))
    facts = [
        {
            "at": f"{row['at']:%Y-%m-%d %H:%M} UTC",
            "kind": row["kind"],
            "cells": [opened.grid.name(int(cell)) for cell in row["cells"]],
            "to_cells": [opened.grid.name(int(cell)) for cell in row["to_cells"]] if row["kind"] == "move" else [],
            "crime_type": row["crime_type"],
            "reason": row["reason"],
            "role": row["role"],
        }
        for row in rows.to_dict("records")
    ]
    if json:
        say_json(facts)
    elif not facts:
        say("Voor deze week is niets toegevoegd, verplaatst, verlaagd of weggehaald.")
    else:
        table(
            ("Wanneer", "Wat", "Vakken", "Reden", "Rol"),
            [
                (fact["at"], _SAID[fact["kind"]], " ".join(fact["cells"]), fact["reason"], fact["role"])
                for fact in facts
            ],
        )


def _decide(
    folder: Path,
    week: str,
    kind: str,
    cells: list[str],
    reason: str,
    role: str,
    *,
    to: list[str] | None = None,
    crime_type: str = "",
    json: bool,
    dry_run: bool,
) -> None:
    workspace = Workspace.open(folder)
    override = Override(
        week=_week(workspace, week),
        kind=kind,
        cells=tuple(workspace.grid.cell_named(name) for name in cells),
        reason=reason,
        role=role,
        to_cells=tuple(workspace.grid.cell_named(name) for name in to or []),
        crime_type=crime_type,
    )
    if dry_run:
        check_override(workspace, override)
        decision_id = None
    else:
        decision_id = record_override(workspace, override, at=datetime.now(UTC))
        remake(workspace, override.week)
    if json:
        say_json(
            {"decision_id": decision_id, "week": override.week, "kind": kind, "cells": cells, "to_cells": to or []}
        )
        return
    count = "1 vak" if len(cells) == 1 else f"{len(cells)} vakken"
    say(f"{count} voor {override.week}: {_SAID[kind]}.")
    say("Er is niets geschreven." if dry_run else "Maak het plan opnieuw om het te zien: stip plan make")


def _week(workspace: Workspace, week: str) -> str:
    if week:
        return week
    run = latest_run(workspace, "outlook")
    if run is None:
        raise PlanError("Er is nog geen vooruitblik. Noem de week met --week, zoals --week 2026-W37.")
    return run.week
