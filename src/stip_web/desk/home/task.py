# SPDX-License-Identifier: EUPL-1.2
"""One card of the home page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """What is the case, and where to go.

    Attributes
    ----------
    title : str
    lines : tuple of str
        Dutch sentences.
    mark : {"", "good", "attention", "late", "todo"}
        How it stands; the word beside it says it too.
    link, url : str
    """

    title: str
    lines: tuple[str, ...]
    mark: str = ""
    link: str = ""
    url: str = ""

    @property
    def word(self) -> str:
        """The mark in a word."""
        return {"good": "In orde", "late": "Te laat", "attention": "Let op", "todo": "Te doen"}.get(self.mark, "")
