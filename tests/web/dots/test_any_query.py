# SPDX-License-Identifier: EUPL-1.2
"""Whatever stands in the address: an answer or a sentence, never an error, never what somebody else may see."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlencode

import numpy as np
import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stip.store import Workspace
from stip_web.dots.seen import see
from stip_web.dots.selection import in_ring
from stip_web.workspaces.current import current_workspace

PATHS = (
    "/kaart/lijst.json",
    "/kaart/lijst",
    "/kaart",
    "/kaart/grafiek.json",
    "/kaart/plek.json",
    "/kaart/vergelijk.json",
)
NAMES = ("soort", "bron", "van", "tot", "uur", "dag", "gebied", "vlak", "weergave", "straal", "kader", "lagen",
         "vergelijk_van", "vergelijk_tot", "blad", "x", "y", "volgende", "adres")  # fmt: skip

number = st.integers(-(10**12), 10**12).map(str) | st.floats().map(str)
values = st.one_of(
    st.text(max_size=40),
    number,
    st.lists(number, max_size=8).map(",".join),
    st.lists(st.tuples(number, number).map(",".join), max_size=8).map(";".join),
    st.dates().map(str),
    st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: f"{pair[0]}-{pair[1]}"),
    st.sampled_from(
        ["vandalism", "bvh", "WK999900", "ma", "dichtheid", "150000", "2026-06-01", "2026-06-28", "\0", "٣"]
    ),
)


@given(path=st.sampled_from(PATHS), pairs=st.lists(st.tuples(st.sampled_from(NAMES), values), min_size=1, max_size=4))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_no_address_breaks_a_page(path: str, pairs: list[tuple[str, str]], as_role: Callable[[str], Client]) -> None:
    client = as_role("analyst")
    client.raise_request_exception = False
    answer = client.get(f"{path}?{urlencode(pairs, errors='replace')}")
    assert answer.status_code in (200, 400)
    if answer.status_code == 400 and path.endswith(".json"):
        assert answer.json()["detail"].endswith(".")


@pytest.mark.parametrize(
    "query",
    [
        "&".join(["soort=vandalism"] * 2000),
        "blad=99999999",
        "blad=0",
        "blad=-1",
        "straal=1e3",
        "kader=1,2,3",
        "dag=x" * 99,
    ],
)
def test_too_much_is_a_dutch_400(query: str, as_role: Callable[[str], Client]) -> None:
    answer = as_role("analyst").get(f"/kaart/lijst?{query}")
    assert answer.status_code == 400
    assert "Dit klopt niet" in answer.content.decode()


def test_a_ring_of_many_corners_costs_little_more_than_one_of_few(site: object) -> None:
    workspace: Workspace = current_workspace()
    seen = see(workspace, fine=True)
    middle, far = (seen.x_m.mean(), seen.y_m.mean()), 20_000.0
    turn = np.linspace(0, 2 * np.pi, 500, endpoint=False)
    many = tuple((round(middle[0] + far * np.cos(a)), round(middle[1] + far * np.sin(a))) for a in turn)
    assert in_ring(seen, many).all()
    times = []
    for ring in (many[::125], many):
        begin = time.process_time()
        for _ in range(5):
            in_ring(seen, ring)
        times.append(time.process_time() - begin)
    assert times[1] < 0.5 + 40 * times[0]


ADDRESSES = (
    "/kaart/stippen.bin",
    "/kaart/lijst.json",
    "/kaart/lijst",
    "/kaart/vergelijk.json",
    "/kaart/grafiek.json",
)


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_fine_answer_is_never_given_to_who_may_see_less(path: str, as_role: Callable[[str], Client]) -> None:
    alone = as_role("policy").get(path)
    fine = as_role("analyst").get(path)
    after = as_role("policy").get(path, headers={"If-None-Match": fine.get("ETag", '"x"'), "Accept-Encoding": ""})
    assert after.status_code == 200
    assert after.get("ETag") == alone.get("ETag")
    if path.endswith(".bin"):
        assert after.content == alone.content != fine.content
    if path.endswith(".json"):
        assert after.json()["rows"] == alone.json()["rows"]
        assert after.json()["facts"]["Precisie"] == alone.json()["facts"]["Precisie"]
        assert after.json()["facts"]["Precisie"] != fine.json()["facts"]["Precisie"]
    assert "no-store" in fine["Cache-Control"]
    assert "Cookie" in fine.get("Vary", "") or "no-store" in after["Cache-Control"]


def test_where_the_fine_list_goes_on_is_no_address_in_the_coarse_one(as_role: Callable[[str], Client]) -> None:
    token = as_role("analyst").get("/kaart/lijst.json").json()["facts"]["volgende"]
    assert token
    assert as_role("policy").get(token).status_code == 400
