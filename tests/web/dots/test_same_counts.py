# SPDX-License-Identifier: EUPL-1.2
"""Same numbers on map, list, chart and in files, whatever the filter; and beside the choices."""

from __future__ import annotations

import json
import random
import re
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import shapely
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stip_web.dots.filters import Filter, read_filter
from stip_web.dots.selection import hours_in

from .conftest import Read, read_message

PROPERTY = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def passes(row: dict[str, Any], asked: Filter) -> bool:
    """Tell it the slow way, one report at a time."""
    ring = shapely.Polygon(asked.ring) if asked.ring else None
    return (
        (not asked.types or row["type"] in asked.types)
        and (not asked.sources or row["source"] in asked.sources)
        and (asked.first is None or row["day"] >= asked.first)
        and (asked.last is None or row["day"] <= asked.last)
        and (not asked.hours or row["hour"] in hours_in(asked))
        and (not asked.weekdays or row["day"].weekday() in asked.weekdays)
        and (not asked.areas or row["area"] in asked.areas or row["district"] in asked.areas)
        and (ring is None or ring.covers(shapely.Point(row["x"], row["y"])))
    )


def filters(read: Read) -> st.SearchStrategy[Filter]:
    header = read.header
    types = [kind["crime_type"] for kind in header["kinds"]]
    areas = [area["code"] for area in header["areas"] if area["code"]] + [
        each["code"] for each in header["districts"]
    ]
    rows = read.rows()
    x, y = [row["x"] for row in rows], [row["y"] for row in rows]
    first, last = min(row["day"] for row in rows), max(row["day"] for row in rows)
    corner = st.tuples(st.integers(int(min(x)), int(max(x))), st.integers(int(min(y)), int(max(y))))
    triangle = st.lists(corner, min_size=3, max_size=3, unique=True).filter(
        lambda ring: shapely.Polygon(ring).area > 1
    )
    day = st.one_of(st.none(), st.dates(first - timedelta(9), last + timedelta(9)))
    return st.builds(
        lambda types, days, hours, weekdays, areas, ring: Filter(
            types=tuple(types),
            first=min((each for each in days if each), default=None) if days[0] else None,
            last=max((each for each in days if each), default=None) if days[1] else None,
            hours=tuple(hours),
            weekdays=tuple(sorted(weekdays)),
            areas=tuple(areas),
            ring=tuple(ring),
        ),
        st.lists(st.sampled_from(types), max_size=2, unique=True),
        st.tuples(day, day),
        st.lists(st.tuples(st.integers(0, 23), st.integers(0, 23)), max_size=2, unique=True),
        st.sets(st.integers(0, 6), max_size=3),
        st.lists(st.sampled_from(areas), max_size=3, unique=True),
        st.one_of(st.just([]), triangle),
    )


@pytest.mark.parametrize("role", ["coordinator", "grof"])
def test_map_list_chart_and_files_count_the_same(
    role: str, as_role: Callable[[str], Client], coarse_exporter: Client
) -> None:
    client = coarse_exporter if role == "grof" else as_role(role)
    read = read_message(client.get("/kaart/stippen.bin").content)
    rows = read.rows()

    @PROPERTY
    @given(filters(read))
    def same(asked: Filter) -> None:
        random.seed(secrets.randbits(64))  # hypothesis gives each example the same, and so each span the same number
        held = replace(asked, hours=(), weekdays=()) if role == "grof" else asked  # whole weeks know no day, no hour
        expected = sum(passes(row, held) for row in rows)
        query = asked.query()
        listed = client.get(f"/kaart/lijst.json{query}").json()
        assert listed["facts"]["aantal"] == expected
        assert len(listed["rows"]) == min(expected, 500)
        chart = client.get(f"/kaart/grafiek.json{query}").json()
        assert sum(row["aantal"] for row in chart["rows"]) == expected
        lines = client.get(f"/kaart/uitvoer.csv{query}").content.decode("utf-8-sig").splitlines()
        assert len([line for line in lines if not re.match('"?#', line)]) - 1 == expected
        points = json.loads(client.get(f"/kaart/uitvoer.geojson{query}").content)
        assert len(points["features"]) == expected
        page = client.get(f"/kaart{query}").content.decode()
        told = f"{expected:,}".replace(",", ".")
        words = f"{told} van {len(rows):,}".replace(",", ".") if role != "grof" else f"ongeveer {told} meldingen ("
        if role == "grof" and not expected:
            words = "geen meldingen"
        assert f"<strong data-count-text>{words}" in page

    same()


def test_the_count_beside_a_choice_is_what_that_choice_shows(as_role: Callable[[str], Client]) -> None:
    client = as_role("analyst")
    page = client.get("/kaart/lijst?soort=vandalism&dag=za&uur=18-23").content.decode()
    counts = dict(re.findall(r'data-count="([^"]+)">([\d.]+)<', page))
    for choice, query in {
        "soort:bicycle_theft": "soort=bicycle_theft&dag=za&uur=18-23",
        "dag:ma": "soort=vandalism&dag=ma&uur=18-23",
        "uur:0-5": "soort=vandalism&dag=za&uur=0-5",
        "gebied:WK999900": "soort=vandalism&dag=za&uur=18-23&gebied=WK999900",
    }.items():
        shown = client.get(f"/kaart/lijst.json?{query}").json()["facts"]["aantal"]
        assert int(counts[choice].replace(".", "")) == shown


def test_the_pages_of_the_list_hold_every_report_once(as_role: Callable[[str], Client]) -> None:
    client = as_role("analyst")
    url, seen = "/kaart/lijst.json", []
    while url:
        body = client.get(url).json()
        seen += [tuple(row.values()) for row in body["rows"]]
        url = body["facts"]["volgende"]
    total = read_message(client.get("/kaart/stippen.bin").content).header["n"]
    assert len(seen) == total > 1000
    days = [row[1] for row in seen]
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize("token", ["x", "WzAsImEiXQ:1:abc", "1"])
def test_a_token_that_is_not_ours_is_refused(token: str, as_role: Callable[[str], Client]) -> None:
    answer = as_role("analyst").get(f"/kaart/lijst.json?volgende={token}")
    assert answer.status_code == 400
    assert "volgende" in answer.json()["detail"]


def test_a_page_beyond_the_last_gives_the_last(as_role: Callable[[str], Client]) -> None:
    page = as_role("analyst").get("/kaart/lijst?blad=999999").content.decode()
    assert "Volgende" not in page
    assert as_role("analyst").get("/kaart/lijst?blad=nul").status_code == 400


def test_an_hour_may_go_past_midnight() -> None:
    assert hours_in(read_filter(QueryDict("uur=22-3"))) == {22, 23, 0, 1, 2, 3}


def test_the_border_of_a_drawn_area_counts_as_inside(as_role: Callable[[str], Client]) -> None:
    client = as_role("analyst")
    rows = read_message(client.get("/kaart/stippen.bin").content).rows()
    x, y = rows[0]["x"], rows[0]["y"]
    here = sum((row["x"], row["y"]) == (x, y) for row in rows)
    left, low = round(x - 12.5), round(y - 12.5)  # places lie 25 metres apart: nothing else is in reach
    through = f"{left},{low};{left + 25},{low};{left + 25},{low + 25}"  # its long side runs through the place
    assert client.get(f"/kaart/lijst.json?vlak={through}").json()["facts"]["aantal"] == here
