# SPDX-License-Identifier: EUPL-1.2
"""Asking an OData (version 3) service of Statistics Netherlands for a table, page by page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import httpx

from stip.errors import ServiceError
from stip.intake.services.http import Answer, ServiceClient, same_host
from stip.intake.services.paging import pages
from stip.intake.services.reach import shown_path

POLICE_COUNTS_URL = "https://dataderden.cbs.nl/ODataFeed/odata/47022NED/TypedDataSet"
"""Registered crimes by neighbourhood and month."""

PAGE_ROWS = 5000

Row = dict[str, Any]


def odata_headings(client: ServiceClient, url: str) -> list[str]:
    """Return the columns of a table, from its first row.

    Raises
    ------
    ServiceError
        When the service does not answer as documented, or the table is empty.
    """
    asked = httpx.URL(url).copy_merge_params({"$format": "json", "$top": "1"})
    rows = _rows(client.get_json(asked))
    if not rows:
        raise ServiceError(f"De dienst heeft bij {shown_path(asked)} geen enkele rij. Kijk of dit de goede tabel is.")
    return list(rows[0])


def odata_rows(
    client: ServiceClient, url: str, *, select: tuple[str, ...], where: str = "", page_rows: int = PAGE_ROWS
) -> list[Row]:
    """Return the rows of a table.

    The next page is where the service says (``odata.nextLink``); when it says nothing, a full page means that there
    is another, found with ``$skip``.

    Parameters
    ----------
    select : tuple of str
        Columns to ask for; others may come all the same.
    where : str
        OData ``$filter``.
    page_rows : int

    Raises
    ------
    ServiceError
        When the service does not answer as documented, repeats itself, or never ends.
    """
    question = {"$format": "json", "$select": ",".join(select), "$top": str(page_rows)}
    if where:
        question["$filter"] = where
    found: list[Row] = []
    last = ""
    for answer in _pages(client, httpx.URL(url), question, page_rows):
        rows = _rows(answer)
        shown = json.dumps(rows, sort_keys=True)
        if rows and shown == last:
            raise ServiceError(
                f"De dienst geeft bij {shown_path(answer.url)} steeds dezelfde bladzijde. "
                "Zo komt er geen eind aan. Probeer het later opnieuw en meld het de dienst."
            )
        last = shown
        missing = [name for row in rows for name in select if name not in row]
        if missing:
            raise ServiceError(
                f"De dienst geeft bij {shown_path(answer.url)} rijen zonder kolom ‘{missing[0]}’. "
                "Dat is anders dan beschreven. Kijk of de tabel is vernieuwd."
            )
        found += rows
    return found


def _pages(client: ServiceClient, url: httpx.URL, question: Mapping[str, str], page_rows: int) -> Iterator[Answer]:
    first = url.copy_merge_params(dict(question))
    since_skip = skip = 0

    def following(answer: Answer, asked: httpx.URL) -> httpx.URL | None:
        nonlocal since_skip, skip
        since_skip += len(_rows(answer))
        link = answer.content.get("odata.nextLink")
        if isinstance(link, str) and link:
            return same_host(asked, link)
        if since_skip < page_rows:
            return None
        skip, since_skip = skip + since_skip, 0
        return url.copy_merge_params({**question, "$skip": str(skip)})

    return pages(client, first, following, ask_less="Vraag minder jaren of een kleiner gebied.")


def _rows(answer: Answer) -> list[Row]:
    rows = answer.content.get("value") if isinstance(answer.content, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ServiceError(
            f"De dienst geeft bij {shown_path(answer.url)} geen lijst met rijen (‘value’). "
            "Kijk of dit het adres van een tabel is, zoals …/47022NED/TypedDataSet."
        )
    return rows
