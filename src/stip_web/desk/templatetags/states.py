# SPDX-License-Identifier: EUPL-1.2
"""Five states that a page can be in, each with a look and a word of its own.

Empty is not the same as hidden, late is not the same as an error; a page that says one says which.
"""

from __future__ import annotations

from django import template

register = template.Library()

STATES = {
    "empty": ("Niets gevonden", "info"),
    "loading": ("Bezig", "info"),
    "error": ("Dit ging mis", "error"),
    "late": ("Te laat binnen", "warning"),
    "hidden": ("Verborgen om privacy", "info"),
}
"""Code of each state: its word, and the kind of alert it looks like."""


@register.inclusion_tag("desk/state.html")
def state(kind: str, text: str, title: str = "", url: str = "", link: str = "") -> dict[str, str]:
    """Show a state: ``{% state "late" "Het bestand van week 37 is er nog niet." %}``.

    Parameters
    ----------
    kind : str
        One of `STATES`.
    text : str
        What is the case and what to do.
    title : str
        Instead of the state's own word.
    url, link : str
        Where to go next, and the words of that link.
    """
    word, look = STATES[kind]
    return {"kind": kind, "title": title or word, "look": look, "text": text, "url": url, "link": link}
