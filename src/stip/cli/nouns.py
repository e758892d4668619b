# SPDX-License-Identifier: EUPL-1.2
"""The nouns of the command, each loaded when it is asked for: reading a whole stage takes seconds."""

from __future__ import annotations

import importlib
from typing import Any

import typer
from typer.core import TyperGroup

from stip.cli.dutch import DutchContext, in_dutch

NOUNS = {
    "init": "Maak een werkmap, met instellingen en voorbeeldafspraken.",
    "agreements": "Afspraken: wat mag van elke bron, waarvoor en hoe lang.",
    "intake": "Lees in: meldingen, kaartlagen, gebieden, open data.",
    "link": "Koppel bronnen op plaats, en zeg hoe goed dat ging.",
    "explore": "Verken: aantallen, verandering, ritme, meer dan toeval.",
    "outlook": "Kijk vooruit: wat is waar te verwachten?",
    "plan": "Maak het weekplan. Mensen beslissen.",
    "learn": "Leer ervan: wat kwam er uit, en wie had gelijk?",
    "signals": "Signalen: wat is bekend, en wat doet u ermee?",
    "publish": "Maak openbaar: cijfers die naar buiten mogen, afgerond en goedgekeurd.",
    "week": "Doe de hele week: van inlezen tot en met plannen.",
    "doctor": "Kijk of de werkmap heel is.",
    "samples": "Een stad die niet bestaat, om Stip mee te proberen.",
}
"""What can be asked, in the order of the week, with the line that ``stip --help`` shows."""

_IN_MODULE = {"init": "workspace", "doctor": "workspace", "week": "week"}


def command_of(noun: str) -> Any:
    """Return the command of a noun, with all below it."""
    typer_app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    typer_app.callback()(lambda: None)
    if noun in _IN_MODULE:
        importlib.import_module(f"stip.cli.{_IN_MODULE[noun]}").add_to(typer_app)
    else:
        typer_app.add_typer(importlib.import_module(f"stip.cli.{noun}").app, name=noun, help=NOUNS[noun])
    group: Any = typer.main.get_command(typer_app)
    return _told_in_full(in_dutch(group.commands[noun]))


def _told_in_full(command: Any) -> Any:
    """Show the whole first sentence of each verb in the list of a noun; the screen's width would cut it."""
    for verb in getattr(command, "commands", {}).values():
        verb.short_help = (verb.help or "").strip().split("\n\n")[0].replace("\n", " ")
    return command


class LazyNouns(TyperGroup):
    """Knows every noun by name, and loads only the one that is called."""

    context_class = DutchContext

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the nouns in the order of the week."""
        return list(NOUNS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a stand-in with the noun's one line of help; enough for ``--help``."""
        return TyperGroup(name=cmd_name, help=NOUNS[cmd_name]) if cmd_name in NOUNS else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Load the noun that is called."""
        name, stand_in, rest = super().resolve_command(ctx, args)
        return name, command_of(name) if stand_in is not None and name else stand_in, rest
