# SPDX-License-Identifier: EUPL-1.2
"""Going through the pages of a service: none twice, and never without end."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx

from stip.errors import ServiceError
from stip.intake.services.http import Answer, ServiceClient
from stip.intake.services.reach import shown_path

Following = Callable[[Answer, httpx.URL], httpx.URL | None]
"""Returns what to ask after an answer, given what was asked; None after the last page."""


def pages(client: ServiceClient, first: httpx.URL, following: Following, *, ask_less: str) -> Iterator[Answer]:
    """Yield each page of a collection.

    Parameters
    ----------
    first : URL
    following : callable
    ask_less : str
        Dutch sentence: how to ask for less.

    Raises
    ------
    ServiceError
        When the service points back to a page that was there, or has more pages than the settings allow.
    """
    limit = client.settings.max_pages
    asked, seen = first, set[str]()
    for _ in range(limit):
        if str(asked) in seen:
            raise ServiceError(
                f"De dienst verwijst bij {shown_path(asked)} terug naar een bladzijde die er al was. "
                "Probeer het later opnieuw en meld het de dienst."
            )
        seen.add(str(asked))
        answer = client.get_json(asked)
        yield answer
        after = following(answer, asked)
        if after is None:
            return
        asked = after
    raise ServiceError(f"De dienst geeft bij {shown_path(asked)} meer dan {limit} bladzijden. {ask_less}")
