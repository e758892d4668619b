# SPDX-License-Identifier: EUPL-1.2
"""The filter in the URL: read, written, and refused with a sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from stip_web.dots.filters import MODES, Filter, FilterError, read_filter

codes = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)
hours = st.tuples(st.integers(0, 23), st.integers(0, 23))
metres = st.integers(-999_999, 999_999)
days = st.dates(date(1990, 1, 1), date(2100, 1, 1))


@st.composite
def filters(draw: st.DrawFn) -> Filter:
    first, last = draw(st.one_of(st.none(), days)), draw(st.one_of(st.none(), days))
    if first and last and last < first:
        first, last = last, first
    return Filter(
        types=tuple(draw(st.lists(codes, max_size=3, unique=True))),
        sources=tuple(draw(st.lists(codes, max_size=2, unique=True))),
        first=first,
        last=last,
        hours=tuple(draw(st.lists(hours, max_size=3, unique=True))),
        weekdays=tuple(sorted(draw(st.sets(st.integers(0, 6))))),
        areas=tuple(draw(st.lists(codes, max_size=3, unique=True))),
        ring=tuple(draw(st.lists(st.tuples(metres, metres), min_size=3, max_size=6))) if draw(st.booleans()) else (),
        mode=draw(st.sampled_from(list(MODES))),
        radius_m=draw(st.integers(10, 5000)),
        layers=draw(st.one_of(st.none(), st.lists(codes, max_size=3, unique=True).map(tuple))),
        extent=(1, 2, 30, 40) if draw(st.booleans()) else (),
    )


@given(filters())
def test_what_is_written_is_read_back(asked: Filter) -> None:
    query = asked.query()
    assert read_filter(QueryDict(query.removeprefix("?"))) == asked


def test_without_a_query_everything_passes_and_nothing_is_written() -> None:
    asked = read_filter(QueryDict(""))
    assert asked.is_all
    assert asked.query() == ""
    assert read_filter(QueryDict("soort=&van=&tot=&vlak=&straal=")) == asked


def test_no_layers_is_told_from_layers_not_named() -> None:
    assert read_filter(QueryDict("lagen=")).layers == ()
    assert read_filter(QueryDict("")).layers is None


BAD = [
    ("soort=<script>", "code"),
    ("van=2026-02-30", "geen dag"),
    ("van=gisteren", "geen dag"),
    ("van=0001-01-01", "geen dag"),
    ("tot=2026-01-01&van=2026-02-01", "Wissel"),
    ("uur=20-24", "uren"),
    ("uur=nacht", "uren"),
    ("dag=maandag", "dag"),
    ("vlak=1,2;3,4", "hoekpunten"),
    ("vlak=1,2;3,4;5", "hoekpunten"),
    ("vlak=" + ";".join(["1,2"] * 501), "hoekpunten"),
    ("vlak=1e9,2;3,4;5,6", "hoekpunten"),
    ("weergave=3d", "weergave"),
    ("straal=0", "straal"),
    ("straal=99999", "straal"),
    ("kader=4,2,3,1", "kader"),
    ("kader=-99999999,2,3,4", "kader"),
    ("lagen=../../etc", "code"),
    ("&".join(f"gebied=BU{number}" for number in range(601)), "te vaak"),
    ("lagen=" + ",".join(f"l{number}" for number in range(601)), "te vaak"),
    ("vergelijk_van=2026-02-02&vergelijk_tot=2026-02-01", "Wissel"),
]


@pytest.mark.parametrize(("query", "says"), BAD)
def test_what_cannot_be_read_is_refused_with_a_sentence(query: str, says: str) -> None:
    with pytest.raises(FilterError, match=says):
        read_filter(QueryDict(query))


@pytest.mark.parametrize("path", ["/kaart", "/kaart/lijst.json", "/kaart/grafiek.csv", "/kaart/uitvoer.pdf"])
@pytest.mark.parametrize("query", ["van=gisteren", "soort=onbekend", "gebied=BU0", "bron=kvk"])
def test_every_page_and_twin_answers_400_for_a_bad_filter(
    path: str, query: str, as_role: Callable[[str], Client]
) -> None:
    answer = as_role("analyst").get(f"{path}?{query}")
    assert answer.status_code == 400
    if "." in path:
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["detail"].endswith(".")
    else:
        assert "Dit klopt niet" in answer.content.decode()
