# SPDX-License-Identifier: EUPL-1.2
"""``stip agreements pause`` and ``resume``: the off switch."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from stip.agreements import PAUSE_ROLES, STAGES, record_pause
from stip.cli.app import JsonOption, WorkspaceOption
from stip.cli.show import say, say_json
from stip.store import Workspace

WhatArgument = Annotated[
    str, typer.Argument(metavar="WAT", help=f"all, {', '.join(STAGES)}, of source:NAAM van een afspraak.")
]
ReasonOption = Annotated[str, typer.Option("--reason", help="Waarom, in één zin en zonder namen (140 tekens).")]
RoleOption = Annotated[str, typer.Option("--role", help=f"Uw rol: {', '.join(PAUSE_ROLES)}. Nooit een naam.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("pause")(pause)
    app.command("resume")(resume)


def pause(
    what: WhatArgument,
    reason: ReasonOption,
    role: RoleOption,
    workspace: WorkspaceOption = Path(),
    json: JsonOption = False,
) -> None:
    """Zet een bron, een stap of alles stil. Wat er al is, blijft staan."""
    _decide(workspace, what, paused=True, reason=reason, role=role, json=json)


def resume(
    what: WhatArgument,
    reason: ReasonOption,
    role: RoleOption,
    workspace: WorkspaceOption = Path(),
    json: JsonOption = False,
) -> None:
    """Hef een pauze op."""
    _decide(workspace, what, paused=False, reason=reason, role=role, json=json)


def _decide(workspace: Path, what: str, *, paused: bool, reason: str, role: str, json: bool) -> None:
    opened = Workspace.open(workspace)
    decision_id = record_pause(opened, what, paused=paused, reason=reason, role=role, at=datetime.now(UTC))
    if json:
        say_json({"decision_id": decision_id, "what": what, "paused": paused})
        return
    say(f"‘{what}’ staat nu op pauze." if paused else f"De pauze van ‘{what}’ is opgeheven.")
