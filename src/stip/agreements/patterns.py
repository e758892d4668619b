# SPDX-License-Identifier: EUPL-1.2
"""The one list of what personal data looks like, ``traces.json``, which the phone reads too."""

from __future__ import annotations

import re
from importlib import resources

from pydantic import Field

from stip.settings import Frozen

_PART = re.compile(r"\{\{(\w+)\}\}")


class Pattern(Frozen):
    """One regular expression; ``{{name}}`` in it stands for a part."""

    of: str
    any_case: bool


class Traces(Frozen):
    """The list as it stands in the file.

    Attributes
    ----------
    about : str
    kinds : tuple of str
        What is looked for, in the order in which a text that holds several is named.
    most_letters : int
        Of a reason or a note.
    near : int
        Characters within which a word says what a number is.
    invisible, dashes : str
        Inside of a class of signs: what is left out of a text, and what is taken for a dash.
    parts : dict of str to str
    patterns : dict of str to Pattern
    plate_series, plate_words, months, units, small_words : tuple of str
        ``plate_words``: what stands between figures as a word, and so is no plate.
    """

    about: str
    kinds: tuple[str, ...]
    most_letters: int = Field(gt=0)
    near: int = Field(gt=0)
    invisible: str
    dashes: str
    parts: dict[str, str]
    patterns: dict[str, Pattern]
    plate_series: tuple[str, ...]
    plate_words: tuple[str, ...]
    months: tuple[str, ...]
    units: tuple[str, ...]
    small_words: tuple[str, ...]


def _read() -> Traces:
    text = (resources.files("stip.agreements") / "traces.json").read_text(encoding="utf-8")
    return Traces.model_validate_json(text)


TRACES = _read()


def part(name: str) -> str:
    """Give a part with the parts in it filled in."""
    return _filled(TRACES.parts[name])


def pattern(name: str) -> re.Pattern[str]:
    """Give a pattern, ready to be looked for."""
    found = TRACES.patterns[name]
    return re.compile(_filled(found.of), re.IGNORECASE if found.any_case else 0)


def _filled(text: str) -> str:
    while _PART.search(text):
        text = _PART.sub(lambda found: TRACES.parts[found[1]], text)
    return text
