# SPDX-License-Identifier: EUPL-1.2
"""What every tab of Kaart shows round its own part: tabs, filter, counts, and the states that must be said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from stip_web.accounts.door import user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.dots.choices import form_of
from stip_web.dots.looking import Look
from stip_web.dots.words import COARSE_RULE, count_in_words, precision_in_words
from stip_web.workspaces.freshness import late_sources

TABS = (
    ("map", "Kaart"),
    ("list", "Lijst"),
    ("chart", "Grafiek"),
    ("provenance", "Herkomst"),
    ("compare", "Vergelijken"),
)


@dataclass(frozen=True)
class State:
    """A state to show: its kind, what is the case, and where to go."""

    kind: str
    text: str
    url: str = ""
    link: str = ""


def frame_of(request: HttpRequest, asked: Look, tab: str) -> dict[str, Any]:
    """Give the context of a tab."""
    user = user_of(request)
    query = asked.filter.query()
    path = reverse(f"dots:{tab}")
    return {
        "look": asked,
        "tab": tab,
        "tabs": [(reverse(f"dots:{name}") + query, label, name == tab) for name, label in TABS],
        "form": form_of(asked, path),
        "path": path,
        "query": query,
        "counted_query": asked.filter.counted.query(),
        "count": asked.selection.count,
        "count_words": count_in_words(asked),
        "precision": precision_in_words(asked),
        "states": states_of(asked, path),
        "may_export": user.may(May.DOTS_EXPORT),
        "fine": asked.fine,
    }


def states_of(asked: Look, path: str) -> list[State]:
    """Give what must be said: nothing there, nothing chosen, late, hidden."""
    found = []
    if not asked.seen.n:
        found.append(State("empty", "Er zijn nog geen meldingen. Lees eerst een bestand in bij Gegevens."))
    elif not asked.selection.count:
        text = "Geen melding past bij dit filter. Kies een langere periode of haal een vinkje weg."
        found.append(State("empty", text, path, "Wis het filter"))
    found += [State("late", source.sentence) for source in late_sources(asked.workspace, asked.now)]
    if not asked.fine:
        found.append(State("hidden", COARSE_RULE))
    return found
