# SPDX-License-Identifier: EUPL-1.2
"""``stip week``: every stage in order; can be stopped and started again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from stip.cli.app import JsonOption, WorkspaceOption
from stip.cli.briefing import show_week
from stip.cli.show import console_err, say_json
from stip.space import week_at
from stip.store import Workspace
from stip.week import run_week


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("week")(week)


def week(
    files: Annotated[list[Path] | None, typer.Argument(help="Bestanden van deze week; mag leeg blijven.")] = None,
    agreement: Annotated[str, typer.Option(help="Afspraak waaronder de bestanden worden gelezen.")] = "bvh",
    week: Annotated[str, typer.Option("--week", help="De week om vooruit te zien; anders deze week.")] = "",
    accept_refused: Annotated[
        bool, typer.Option("--accept-refused", help="Ga door, ook als te veel regels zijn geweigerd.")
    ] = False,
    workspace: WorkspaceOption = Path(),
    json: JsonOption = False,
) -> None:
    """Doe de hele week: van inlezen tot en met plannen.

    In deze volgorde: inlezen, koppelen, nameten, vooruitzien, plannen.

    Wat al gedaan is, wordt niet opnieuw gedaan. Breekt het af, start dan gewoon opnieuw.
    """
    opened = Workspace.open(workspace)
    now = datetime.now(UTC)
    with console_err.status("De week begint…") as status:
        result = run_week(
            opened,
            week or week_at(now, opened.settings.town.time_zone),
            files=tuple(files or ()),
            source=agreement,
            received_at=now,
            accept_refused=accept_refused,
            progress=lambda what: status.update(what),
        )
    if json:
        say_json(result.to_dict())
    else:
        show_week(result)
