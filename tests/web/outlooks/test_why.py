# SPDX-License-Identifier: EUPL-1.2
"""‘Waarom hier?’: few facts, few words, no causes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from django.test import Client

from stip.store import Run, Workspace
from stip_web.outlooks.why import CAUSAL, MOST_FACTS, MOST_WORDS, Why, layers_of, links_to_dots, why_here

from .cells import AT, read, said


@pytest.fixture
def labels(town: Workspace) -> dict[str, str]:
    return {name: kind.label for name, kind in town.settings.crime_types.items()}


def test_every_cell_of_the_town_keeps_to_three_facts_sixty_words_and_no_causes(
    outlook: Run, labels: dict[str, str]
) -> None:
    table = outlook.table("outlook")
    high = table[table["tier"] < 100]
    told = 0
    kinds = tuple(outlook.notes["by_type"])
    for cell in high["cell"].unique()[:150]:
        for chosen in (kinds, kinds[:1]):
            why = why_here(outlook, int(cell), chosen, labels)
            told += len(why.facts)
            assert len(why.facts) <= MOST_FACTS
            assert why.words <= MOST_WORDS
            assert not any(CAUSAL.search(fact) for fact in why.facts)
    assert told > 100


@pytest.mark.parametrize(
    "said",
    [
        "Weinig licht zorgt voor meer inbraken",
        "12 bomen, waardoor het donker is",
        "Dit komt door de lantaarnpalen",
        "Horeca trekt veel mensen aan",
        "Groen verhoogt het aantal",
        "Een hoger risico door de containers",
    ],
)
def test_words_that_say_a_cause_are_known(said: str) -> None:
    assert CAUSAL.search(said)


class _Told:
    """A run of one cell, with these facts."""

    def __init__(self, facts: list[str]) -> None:
        self._table = pd.DataFrame({"cell": [1], "crime_type": ["vandalism"], "expected": [1.0], "reasons": [facts]})

    def table(self, name: str) -> pd.DataFrame:
        return self._table


def test_a_fact_that_says_a_cause_is_left_out(labels: dict[str, str]) -> None:
    run = _Told(["Groen zorgt voor meer meldingen", "3 meldingen in dit vak in een jaar, gemiddeld 0,1"])
    assert why_here(run, 1, ("vandalism",), labels).facts == (  # type: ignore[arg-type]
        "3 meldingen in dit vak in een jaar, gemiddeld 0,1",
    )


def test_facts_that_do_not_fit_in_sixty_words_are_left_out(labels: dict[str, str]) -> None:
    long = " ".join(["woord"] * 40)
    why = why_here(_Told([long, long + " nog", "kort feit"]), 1, ("vandalism",), labels)  # type: ignore[arg-type]
    assert why.facts == (long, "kort feit")


def test_a_cell_links_to_the_dots_behind_it(town: Workspace, outlook: Run, cell: str) -> None:
    links = links_to_dots(town.grid, outlook, town.grid.cell_named(cell), "BU99990000", "Oude Markt", ("vandalism",))
    asked = [parse_qs(urlsplit(link["url"]).query) for link in links]
    assert all(urlsplit(link["url"]).path == "/kaart" for link in links)
    assert asked[0]["soort"] == ["vandalism"]
    assert (asked[0]["van"], asked[0]["tot"]) == (["2026-07-13"], ["2026-09-06"])
    corners = [tuple(map(int, point.split(","))) for point in asked[0]["vlak"][0].split(";")]
    side = max(x for x, _ in corners) - min(x for x, _ in corners)
    assert side == town.grid.cell_m + 500
    assert asked[1]["gebied"] == ["BU99990000"]
    assert not any("lagen" in each for each in asked)


def test_a_cell_links_to_the_layers_of_its_facts(town: Workspace, outlook: Run, cell: str) -> None:
    why = Why(
        ("15 fietsenrekken binnen 100 meter, gemiddeld 0,5", "7 meter tot een lantaarnpaal, gemiddeld 206 meter")
    )
    layers = layers_of(why, ["bicycle_racks", "lampposts", "water"])
    assert layers == ("bicycle_racks", "lampposts")
    place = town.grid.cell_named(cell)
    link = links_to_dots(town.grid, outlook, place, "", "", ("vandalism",), layers=layers)[-1]
    assert parse_qs(urlsplit(link["url"]).query)["lagen"] == ["bicycle_racks,lampposts"]


def test_the_page_of_a_cell_tells_it_all(as_role: Callable[[str], Client], cell: str) -> None:
    for question in ("", "?deel=ja"):
        text = said(read(as_role("analyst"), f"{AT}/vak/{cell}{question}"))
        for word in ("Klasse", "Verwacht", "Ernaast", "Verschil", "Waarom hier?", "Het zegt niet waardoor iets komt"):
            assert word in text
        assert "meldingen" in text


def test_a_cell_outside_the_outlook_is_not_there(as_role: Callable[[str], Client]) -> None:
    assert as_role("analyst").get(f"{AT}/vak/E0N0").status_code == 404


def test_a_type_asked_that_the_outlook_has_not_shows_all(outlook: Run) -> None:
    from stip_web.outlooks.choice import Choice

    assert Choice(crime_type="drugs").within(outlook) == replace(Choice(), crime_type="")
