# SPDX-License-Identifier: EUPL-1.2
"""The words of Typer itself, in Dutch: headings of the help, and what is wrong with a command line.

Typer carries its own copy of Click, from which gettext was taken out. So the help is written by a formatter of ours,
that each command is given through its context, and an error is said anew from its English sentence. What is
not known here is shown as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import typer

_HEADINGS = {"Options": "Opties", "Arguments": "Argumenten", "Commands": "Opdrachten"}
_USAGE = {"[OPTIONS]": "[OPTIES]", "COMMAND [ARGS]...": "OPDRACHT [...]"}
_TERMS = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"\bShow this message and exit\.", "Toon deze uitleg en stop."),
        (r"(?<=<)(?:list\[)?(?:str|TEXT)\]?(?: \| None)?(?=>)", "tekst"),
        (r"(?<=<)(?:list\[)?(?:int|float|INTEGER|FLOAT)\]?(?: \| None)?(?= range|[ >])", "getal"),
        (r"(?<=<)(?:list\[)?(?:[Pp]ath|PATH)\]?(?: \| None)?(?=>)", "pad"),
        (r"(?<=<)datetime(?: \| None)?(?=[ >])", "dag"),
        (r"\bdefault: ", "standaard: "),
        (r"\brequired\]", "verplicht]"),
        (r"\benv var: ", "omgeving: "),
    )
)
_FAULTS = tuple(
    (re.compile(pattern, re.DOTALL), words)
    for pattern, words in (
        (r"Missing argument '(.*?)'\.(.*)", r"Er ontbreekt iets: \1.\2"),
        (r"Missing (?:option|parameter) '(.*?)'\.(.*)", r"De optie \1 ontbreekt.\2"),
        (r"Missing command\.", "Er ontbreekt een opdracht."),
        (r"No such command '(.*?)'\.(.*)", r"De opdracht ‘\1’ ken ik niet.\2"),
        (r"No such option: (\S+?)\.?(\s.*|)", r"De optie \1 ken ik niet.\2"),
        (r"Option '(.*?)' requires an argument\.", r"Achter \1 hoort een waarde."),
        (r"Option '(.*?)' does not take a value\.", r"Achter \1 hoort geen waarde."),
        (r"Got unexpected extra argument(?:s|\(s\))? \((.*)\)", r"Dit is te veel: \1"),
        (r"Invalid value for (.*?): (.*)", r"Bij \1: \2"),
        (r"Invalid value: (.*)", r"\1"),
    )
)
_PARTS = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"Did you mean (.*?)\?", r"Bedoelt u \1?"),
        (r"\(Possible options: (.*?)\)", r"Bedoelt u een van deze: \1?"),
        (r"'(.*?)' is not a valid (?:integer|int)\b( range)?\.", r"‘\1’ is geen heel getal."),
        (r"'(.*?)' is not a valid (?:float|number)\b( range)?\.", r"‘\1’ is geen getal."),
        (r"(\S+) is not in the range (.*?)\.", r"\1 valt buiten het bereik \2."),
        (r"'(.*?)' is not one of (.*?)\.", r"‘\1’ kan niet; kies uit \2."),
        (r"'(.*?)' does not match the formats? (.*?)\.", r"‘\1’ heeft niet de vorm \2."),
        (r"Input should be a valid integer.*", "dit is geen heel getal."),
        (r"Input should be a valid (?:number|float).*", "dit is geen getal."),
        (r"Input should be a valid date.*", "dit is geen dag, zoals 2026-09-07."),
        (r"Input should be greater than or equal to (\S+)", r"kies een getal van \1 of hoger."),
        (r"Input should be less than or equal to (\S+)", r"kies een getal van \1 of lager."),
        (r"Input should be greater than (\S+)", r"kies een getal boven \1."),
        (r"Input should be less than (\S+)", r"kies een getal onder \1."),
        (r"Input should be ('.*)", r"kies uit \1."),
        (r"(?:File|Directory|Path) '(.*?)' does not exist\.", r"‘\1’ bestaat niet."),
        (
            r"(?:File|Directory|Path) '(.*?)' is not readable\.",
            r"‘\1’ mag niet worden gelezen. Vraag de beheerder om toegang.",
        ),
        (
            r"(?:File|Directory|Path) '(.*?)' is not writable\.",
            r"In ‘\1’ mag niet worden geschreven. Vraag de beheerder om toegang.",
        ),
    )
)

_Formatter: Any = typer.Context.formatter_class


class DutchFormatter(_Formatter):  # type: ignore[misc]
    """Writes the help with Dutch headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is called."""
        for english, words in _USAGE.items():
            args = args.replace(english, words)
        super().write_usage(prog, args, prefix or "Gebruik: ")

    def section(self, name: str) -> Any:
        """Open a section under its Dutch heading."""
        return super().section(_HEADINGS.get(name, name))

    def write_dl(self, rows: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        """Write a list of options or commands."""
        super().write_dl([(_said(term), _said(what)) for term, what in rows], *args, **kwargs)


class DutchContext(typer.Context):
    """The context of a command whose help is Dutch."""

    formatter_class = DutchFormatter


def in_dutch(command: Any) -> Any:
    """Give a command and all below it Dutch help, and return it."""
    command.context_class = DutchContext
    for below in getattr(command, "commands", {}).values():
        in_dutch(below)
    return command


def fault_in_dutch(message: str) -> str:
    """Return what is wrong with a command line, said in Dutch."""
    for pattern, words in _FAULTS:
        found = pattern.fullmatch(message.strip())
        if found:
            message = found.expand(words)
            break
    for pattern, words in _PARTS:
        message = pattern.sub(words, message)
    return message.strip()


def _said(text: str) -> str:
    for pattern, words in _TERMS:
        text = pattern.sub(words, text)
    return text
