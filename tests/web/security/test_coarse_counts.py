# SPDX-License-Identifier: EUPL-1.2
"""Who may not see places finds no exact count of reports at any address: on no page, in no twin, file or answer."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from stip_web.accounts.grants import ROLES
from web.test_doors import ALL, addresses, door_at

pytestmark = pytest.mark.slow

STEP = 5
KEYS = {
    "knownReports", "known_reports", "reported", "hits", "total", "baselineHits", "baseline_hits", "bestHits",
    "best_hits", "count", "aantal", "numberMatched", "meldingen", "reports", "binnen", "raak",
}  # fmt: skip
"""Names under which an answer for programs counts reports."""
HEADS = {"Bekende meldingen", "Meldingen", "Aantal", "Gemeld", "Gekomen", "Raak", "Van alle"}
"""Headings of columns that count reports."""
OTHER = {
    ("/kaart/herkomst", "Aantal"),  # lamps, trees and roads
    ("/toezicht", "Aantal"),  # what waits
    ("/api/v1/areas", "numberMatched"),
    ("/api/v1/layers", "numberMatched"),
    ("/api/v1/weeks", "numberMatched"),  # neighbourhoods
}
"""Where such a name counts something else, by how the address begins."""
FACTS_OF_THE_PLAN = ("member", "/straat/")
"""The team that goes to a place reads at most three facts why, on its phone as on paper."""
NUMBER = r"(\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?)"
EXPECTED = r"(?<!verwachtte )(?<![–\d.,])"
IN_WORDS = re.compile(
    rf"{EXPECTED}{NUMBER} (?:van de {NUMBER} )?melding(?:en)?\b|\b{NUMBER} van {NUMBER}, telling {NUMBER}"
)
COARSE = [code for code, (_, held) in ROLES.items() if {"dots.coarse", "outlook.coarse"} & set(held)]
MORE = (
    "/toezicht/registers/dpia.html",
    "/toezicht/registers/iama.html",
    "/vooruitblik/model?week=2026-w36",
    "/vooruitblik/model.json?week=2026-w36",
    "/vooruitblik/trackrecord?soort=home_burglary",
    "/kaart/lijst?soort=home_burglary",
    *(f"/api/v1/incidents/counts?groupBy={group}" for group in ("type", "week", "area")),
)
"""Questions with an answer of their own."""


def told_in(answer: Any) -> Iterator[tuple[str, str]]:
    """Give what an answer tells that counts reports: where, and the figure."""
    kind = answer.get("Content-Type", "").partition(";")[0]
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if kind.endswith("json"):
        yield from _of_json(json.loads(body), "")
    elif kind == "text/csv":
        lines = [line for line in body.decode("utf-8-sig").splitlines() if not line.lstrip('"').startswith("#")]
        for row in csv.DictReader(io.StringIO("\n".join(lines)), delimiter=";"):
            yield from ((name, value) for name, value in row.items() if name in HEADS | KEYS and value)
    elif kind == "text/html":
        yield from _of_page(BeautifulSoup(body, "html.parser"))


def _of_json(content: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(content, dict):
        for key, value in content.items():
            yield from _of_json(value, key)
    elif isinstance(content, list):
        for value in content:
            yield from _of_json(value, name)
    elif isinstance(content, str):
        yield from _in_words(content)
    elif name in KEYS and content is not None:
        yield name, str(content)


def _of_page(page: BeautifulSoup) -> Iterator[tuple[str, str]]:
    for table in page.select("table"):
        heads = [head.get_text(" ", strip=True) for head in table.select("thead th")]
        for row in table.select("tbody tr"):
            # From the right: a heading of several rows stands in the first of them only.
            for head, cell in zip(reversed(heads), reversed(row.find_all(["th", "td"])), strict=False):
                found = re.fullmatch(NUMBER, cell.get_text(" ", strip=True))
                if head in HEADS and found:
                    yield head, found[0]
    yield from _in_words(page.get_text(" "))


def _in_words(text: str) -> Iterator[tuple[str, str]]:
    for found in IN_WORDS.finditer(" ".join(text.split())):
        told = found.string[max(found.start() - 30, 0) : found.end()]
        yield from ((told, figure) for figure in found.groups() if figure)


def is_rounded(figure: str) -> bool:
    return float(re.sub(r"\.(?=\d{3}\b)", "", figure).replace(",", ".")) % STEP == 0


def walked(client: Client, code: str) -> Iterator[tuple[str, Any]]:
    held = ROLES[code][1]
    for route in ALL:
        door = door_at(route)
        if door is None or door.everybody or (door.any_of and not door.any_of & held):
            continue
        for address in addresses(route):
            yield address, client.get(address)
    yield from ((address, client.get(address)) for address in MORE)


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("vielen 15 van de 52 meldingen", ["15", "52"]),
        ("Er kwamen 1.113 meldingen.", ["1.113"]),
        ("7 van 21, telling 3; beter", ["7", "21", "3"]),
        ("1 melding", ["1"]),
        ("De vooruitblik verwachtte 29 meldingen", []),
        ("21–37 meldingen verwacht", []),
    ],
)
def test_a_count_in_a_sentence_is_seen(said: str, figures: list[str]) -> None:
    assert [figure for _, figure in _in_words(said)] == figures
    assert not any(is_rounded(figure) for figure in figures if figure != "15")


@pytest.mark.parametrize("code", COARSE)
def test_no_address_counts_reports_exactly(
    code: str, as_role: Callable[[str], Client], own_site: object, settings: Any
) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    seen, wrong = 0, []
    for address, answer in walked(as_role(code), code):
        if answer.status_code != 200 or (code == FACTS_OF_THE_PLAN[0] and address.startswith(FACTS_OF_THE_PLAN[1])):
            continue
        for where, figure in told_in(answer):
            if any(address.startswith(begin) and where == name for begin, name in OTHER):
                continue
            seen += 1
            if not is_rounded(figure):
                wrong.append(f"{address}: {where} = {figure}")
    assert not sorted(set(wrong))
    assert seen > 100
