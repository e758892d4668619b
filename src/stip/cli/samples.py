# SPDX-License-Identifier: EUPL-1.2
"""``stip samples``: a town that does not exist, to try Stip on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from stip.cli.app import JsonOption
from stip.cli.briefing import show_week
from stip.cli.show import say, say_json, steps
from stip.samples import make_town
from stip.week import open_demo, run_demo

app = typer.Typer(no_args_is_help=True, help="Een stad die niet bestaat, om Stip mee te proberen.")

FolderArgument = Annotated[Path, typer.Argument(help="De map waarin het komt.")]
SmallOption = Annotated[bool, typer.Option("--small", help="Alleen het midden van de stad en één jaar.")]


@app.command("town")
def town(folder: FolderArgument, small: SmallOption = False, json: JsonOption = False) -> None:
    """Maak de bestanden van de voorbeeldstad: meldingen, kaartlagen en de waarheid."""
    made = make_town(folder, size="small" if small else "full")
    if json:
        say_json({"folder": str(made.folder), "files": made.seals})
        return
    say(f"Stipdam staat in {made.folder}: {len(made.seals)} bestanden.")
    say(
        f"Begin met {made.history.name}; daarna komt elke maandag een weekbestand, tot en met {made.weekly[-1].name}."
    )


@app.command("demo")
def demo(
    folder: Annotated[Path, typer.Argument(help="De map waarin het komt.")] = Path("demo"),
    small: SmallOption = False,
    json: JsonOption = False,
) -> None:
    """Maak de voorbeeldstad en doe er twee weken in: plannen, werken, nameten en opnieuw plannen."""
    with steps("Beginnen") as tell:
        result = run_demo(folder, size="small" if small else "full", progress=tell)
        tell("Het weekplan vaststellen")
        result = open_demo(folder, result)
    if json:
        say_json(result.to_dict())
    else:
        show_week(result)
