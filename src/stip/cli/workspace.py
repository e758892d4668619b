# SPDX-License-Identifier: EUPL-1.2
"""``stip init`` and ``stip doctor``."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from stip.agreements import KeyRing, Weight, check_keys, install_shipped, publish_pauses, review
from stip.cli.app import JsonOption, WorkspaceOption
from stip.cli.show import say, say_json
from stip.errors import StipError
from stip.publish import secret_of
from stip.settings import Settings, Town, checked
from stip.store import Finding, Workspace, batches, day_in_town, examine


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("init")(init)
    app.command("doctor")(doctor)


def init(
    folder: Annotated[Path, typer.Argument(help="Een nieuwe of lege map.")],
    name: Annotated[str, typer.Option(help="Naam van de gemeente; anders de naam van de map.")] = "",
    code: Annotated[str, typer.Option(help="CBS-code van de gemeente, zoals GM0344.")] = "",
    crs: Annotated[str, typer.Option(help="Coördinatenstelsel in meters.")] = "EPSG:28992",
) -> None:
    """Maak een werkmap, met instellingen en voorbeeldafspraken."""
    typed = {"name": name or folder.resolve().name.capitalize(), "code": code, "crs": crs}
    town = checked(typed, Town, "stip init")
    workspace = Workspace.create(folder, Settings(town=town))
    names = install_shipped(workspace)
    secret_of(workspace, published=False)  # here, since no page that reads may draw it
    say(f"Werkmap {workspace.root} is gemaakt voor {town.name}.")
    say(f"Afspraken klaargezet: {', '.join(names)}. Lees ze na en vul in wie verantwoordelijk is.")
    say("Kijk daarna stip.toml na en lees het eerste bestand in: stip intake file BESTAND --agreement bvh")


def doctor(
    workspace: WorkspaceOption = Path(),
    sweep: Annotated[bool, typer.Option("--sweep", help="Ruim op wat een afgebroken programma achterliet.")] = False,
    json: JsonOption = False,
) -> None:
    """Kijk of de werkmap heel is."""
    place = Workspace.open(workspace)
    findings = [*examine(place, sweep=sweep), *_keys(place), *_notice(place), *_faults(place)]
    if json:
        say_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            say(f"{'goed ' if finding.good else 'FOUT '} {finding.what}")
    if not all(finding.good for finding in findings):
        raise typer.Exit(1)


def _keys(workspace: Workspace) -> list[Finding]:
    """Return what is wrong with the keys of the numbers: gone, open to others, damaged, or those of another town."""
    try:
        if batches(workspace):  # before that there is nothing to recognise, and none need be made
            check_keys(workspace, KeyRing.of(workspace))
    except StipError as error:
        return [Finding(False, str(error))]
    return []


def _notice(workspace: Workspace) -> list[Finding]:
    """See to it that the public process knows what stands still; return why it cannot be told."""
    try:
        publish_pauses(workspace)
    except StipError as error:
        return [Finding(False, str(error))]
    return []


def _faults(workspace: Workspace) -> list[Finding]:
    """Return what is wrong with the agreements, as ``stip agreements check`` says it; what is open is not wrong."""
    try:
        remarks = review(workspace, on=day_in_town(workspace, datetime.now(UTC)))
    except StipError:  # a delivery or decision that cannot be read; the doctor has named it
        return []
    return [
        Finding(False, f"Afspraak {remark.source}: {remark.what}" if remark.source else remark.what)
        for remark in remarks
        if remark.weight is Weight.FAULT
    ]
