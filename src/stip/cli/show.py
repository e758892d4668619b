# SPDX-License-Identifier: EUPL-1.2
"""How the command shows things: Dutch numbers, calm tables, JSON when asked."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from stip.words import number

__all__ = ["console", "console_err", "number", "say", "say_json", "steps", "table", "warn"]

_PIPED_WIDTH = 118  # other programs do not fold lines; people who read a log have room


def _width(stream: TextIO | None) -> int | None:
    """Return how wide to write; the stream is None when whoever started the program closed it."""
    return None if stream is not None and stream.isatty() else _PIPED_WIDTH


console = Console(highlight=False, width=_width(sys.stdout))
console_err = Console(stderr=True, highlight=False, width=_width(sys.stderr))


def say(text: str) -> None:
    """Print a line of the answer."""
    console.print(text, markup=False, soft_wrap=_whole(text, console))


def warn(text: str) -> None:
    """Print a line beside the answer."""
    console_err.print(text, markup=False, soft_wrap=_whole(text, console_err))


def _whole(text: str, on: Console) -> bool:
    """Tell whether a line is left to the terminal to wrap: it goes to a file, or a word in it would be cut."""
    return not on.is_terminal or any(len(word) > on.width for word in text.split())


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
    plain = not str(getattr(console.file, "encoding", None) or "utf-8").lower().startswith("utf")
    console.print_json(json.dumps(answer, default=str), highlight=False, ensure_ascii=plain)


def table(
    headings: Sequence[str], rows: Iterable[Sequence[str]], *, right: Iterable[int] = (), title: str = ""
) -> None:
    """Print a calm table; columns whose place is in ``right`` hold numbers and align right."""
    drawn = Table(box=SIMPLE_HEAD, title=title or None, title_justify="left", title_style="bold", pad_edge=False)
    numbers = set(right)
    lines = [tuple(row) for row in rows]
    for place, heading in enumerate(headings):
        words = [word for line in (headings, *lines) for word in str(line[place]).split()]
        drawn.add_column(
            heading,
            justify="right" if place in numbers else "left",
            overflow="fold",
            min_width=max(map(len, words), default=1),
        )
    if sum(column.min_width or 0 for column in drawn.columns) + 2 * len(headings) > console.width:
        _one_under_another(headings, lines, title)
        return
    for line in lines:
        drawn.add_row(*line)
    console.print(drawn, markup=False)


def _one_under_another(headings: Sequence[str], lines: Sequence[Sequence[str]], title: str) -> None:
    """Print rows that are too wide for the terminal one under another: a path or a number is never cut."""
    if title:
        console.print(title, style="bold", markup=False)
    for line in lines:
        for heading, value in zip(headings, line, strict=True):
            if value:
                console.print(f"{heading}: {value}" if heading else value, markup=False, soft_wrap=True)
        console.print()
