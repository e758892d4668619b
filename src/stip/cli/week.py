# SPDX-License-Identifier: EUPL-1.2
"""``stip week``: every stage in order; can be stopped and started again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from stip.cli.app import DryRunOption, JsonOption, WorkspaceOption
from stip.cli.briefing import show_looked, show_week
from stip.cli.moments import moment_of
from stip.cli.show import say_json, steps, warn
from stip.space import week_at
from stip.store import Workspace
from stip.week import Looked, WeekResult, look_at_week, run_week


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("week")(week)


def week(
    files: Annotated[list[Path] | None, typer.Argument(help="Bestanden van deze week; mag leeg blijven.")] = None,
    agreement: Annotated[str, typer.Option(help="Afspraak waaronder de bestanden worden gelezen.")] = "bvh",
    week: Annotated[
        str, typer.Option("--week", help="De week om vooruit te zien; anders de eerste die nog open is.")
    ] = "",
    received: Annotated[
        str, typer.Option(help="Wanneer de bestanden binnenkwamen, zoals 2026-09-07T08:30; anders nu.")
    ] = "",
    accept_refused: Annotated[
        bool, typer.Option("--accept-refused", help="Ga door, ook als te veel regels zijn geweigerd.")
    ] = False,
    workspace: WorkspaceOption = Path(),
    json: JsonOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Doe de hele week: van inlezen tot en met plannen.

    In deze volgorde: bewaartermijnen, inlezen, koppelen, nameten, vooruitzien, plannen, signalen zoeken.

    Wat al gedaan is, wordt niet opnieuw gedaan. Breekt het af, start dan gewoon opnieuw.
    """
    opened = Workspace.open(workspace)
    zone = opened.settings.town.time_zone
    received_at = moment_of(received, zone)
    with steps("De week begint") as tell:
        outcome = (look_at_week if dry_run else run_week)(
            opened,
            week,
            files=tuple(files or ()),
            source=agreement,
            received_at=received_at,
            accept_refused=accept_refused,
            progress=tell,
        )
    if isinstance(outcome, WeekResult):
        say_json(outcome.to_dict()) if json else show_week(outcome)
        today = week_at(datetime.now(UTC), zone)
        if not week and not received and outcome.view.week != today:
            warn(f"Dit is {outcome.view.week} en niet deze week ({today}): van later is nog niets geleverd.")
            warn("Een andere week kiest u met --week.")
    elif isinstance(outcome, Looked):
        say_json(outcome.to_dict() | {"dry_run": True}) if json else show_looked(outcome)
