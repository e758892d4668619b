# SPDX-License-Identifier: EUPL-1.2
"""How the command shows things: Dutch numbers, calm tables, JSON when asked."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from stip.words import number

__all__ = ["console", "console_err", "number", "say", "say_json", "steps", "table", "warn"]

_PIPED_WIDTH = 118  # other programs do not fold lines; people who read a log have room

console = Console(highlight=False, width=None if sys.stdout.isatty() else _PIPED_WIDTH)
console_err = Console(stderr=True, highlight=False, width=None if sys.stderr.isatty() else _PIPED_WIDTH)


def say(text: str) -> None:
    """Print a line of the answer."""
    console.print(text, markup=False, soft_wrap=not console.is_terminal)


def warn(text: str) -> None:
    """Print a line beside the answer."""
    console_err.print(text, markup=False, soft_wrap=not console_err.is_terminal)


@contextmanager
def steps(first: str) -> Iterator[Callable[[str], None]]:
    """Tell the steps of a long work on stderr: in place on a terminal, else a line each, so that a log is not silent.

    Yields
    ------
    callable
        To be told each step in a few Dutch words.
    """
    if not console_err.is_terminal:
        warn(f"{first} …")
        yield warn
        return
    with console_err.status(f"{first}…") as status:
        yield lambda what: status.update(escape(what))


def say_json(answer: Any) -> None:
    """Print the answer as JSON."""
    console.print_json(json.dumps(answer, default=str, ensure_ascii=False), highlight=False)


def table(
    headings: Sequence[str], rows: Iterable[Sequence[str]], *, right: Iterable[int] = (), title: str = ""
) -> None:
    """Print a calm table; columns whose place is in ``right`` hold numbers and align right."""
    drawn = Table(box=SIMPLE_HEAD, title=title or None, title_justify="left", title_style="bold", pad_edge=False)
    numbers = set(right)
    for place, heading in enumerate(headings):
        drawn.add_column(heading, justify="right" if place in numbers else "left")
    for row in rows:
        drawn.add_row(*row)
    console.print(drawn, markup=False)
