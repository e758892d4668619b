# SPDX-License-Identifier: EUPL-1.2
"""Incidents over the API are the dots of the library: as fine or coarse as the caller may see, each once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stip.explore import dots
from stip.publish import coarse_incidents
from stip.space import week_of_date
from stip.store import Workspace, read_areas, read_cells, read_incidents, undo_batch
from stip.store import batches as batches_of
from stip_web.api.incidents.filtering import hours_of
from stip_web.api.resources.incidents import Incidents
from stip_web.workspaces.clock import now

pytestmark = pytest.mark.usefixtures("many_questions")
RD = "EPSG:28992"


def walk(caller: Any, query: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Go through all parts of an answer."""
    cursor = None
    while True:
        body = caller.json("/incidents", query | ({"cursor": cursor} if cursor else {}))
        assert body["numberReturned"] == len(body["features"])
        yield from body["features"]
        cursor = body["next"]
        if cursor is None:
            return


def places(features: Any) -> Counter[tuple[Any, ...]]:
    told = (each["properties"] for each in features)
    at = (each["geometry"]["coordinates"] for each in features)
    return Counter((*xy, p["crimeType"], p["week"], p["precisionM"]) for xy, p in zip(at, told, strict=True))


@pytest.mark.parametrize(("role", "desk"), [("analyst", True), ("policy", False), ("member", False)])
def test_dots_are_those_of_the_library(browser: Callable[[str], Any], site: Any, role: str, desk: bool) -> None:
    workspace = Workspace.open(site)
    reports = read_incidents(workspace) if desk else coarse_incidents(workspace)
    expected = dots(reports, workspace.settings, read_cells(workspace), desk=True)
    features = list(walk(browser(role), {"crs": RD}))
    columns = ("x_m", "y_m", "crime_type", "week", "precision_m")
    assert places(features) == Counter(zip(*(expected.table[name] for name in columns), strict=True))
    body = browser(role).json("/incidents", {"limit": 1})
    assert body["leftOut"] == {"hidden": expected.hidden, "outside": expected.outside, "hourUnknown": 0}
    assert body["precision"] == ("fine" if desk else "coarse")


def test_no_number_of_an_incident_is_told(program: Callable[..., Any], site: Any) -> None:
    body = program().get("/incidents", {"limit": 10_000}).content.decode()
    ids = read_incidents(Workspace.open(site))["incident_id"].head(200)
    assert not [each for each in ids if each in body]


def test_the_answer_keeps_its_description(browser: Callable[[str], Any]) -> None:
    for role in ("analyst", "policy"):
        Incidents.model_validate(browser(role).json("/incidents", {"limit": 500}))


def test_coarse_tells_no_window_and_no_place_in_a_neighbourhood(browser: Callable[[str], Any], site: Any) -> None:
    frame = read_areas(Workspace.open(site)).frame.set_index("area_code").geometry
    features = list(walk(browser("policy"), {"crs": RD}))
    at: dict[str, set[tuple[float, ...]]] = {}
    for each in features:
        code = each["properties"]["areaCode"]
        at.setdefault(code, set()).add(tuple(each["geometry"]["coordinates"]))
        assert each["properties"]["windowStart"] is None
    assert all(len(places) == 1 for places in at.values())
    assert all(frame[code].buffer(1).covers(shapely.Point(*places)) for code, places in at.items())


def test_coarse_tells_no_day_and_counts_by_none(browser: Callable[[str], Any]) -> None:
    """Each row stands for a whole week; its middle is no day on which something happened."""
    caller = browser("policy")
    rows = [each["properties"] for each in caller.json("/incidents", {"limit": 50})["features"]]
    assert rows and {(row["day"], row["weekday"], row["hour"]) for row in rows} == {(None, None, None)}
    assert browser("analyst").json("/incidents", {"limit": 1})["features"][0]["properties"]["weekday"]
    for name, value in (("weekday", "mon"), ("hour", "20-23")):
        for path, more in (("/incidents", {}), ("/incidents/counts", {"groupBy": "week"})):
            answer = caller.get(path, {name: value, **more})
            assert answer.status_code == 400
            assert [(each["location"], each["code"]) for each in answer.json()["errors"]] == [(name, "whole_weeks")]
    assert caller.get("/incidents/counts", {"groupBy": "hour-weekday"}).status_code == 400


def test_what_is_left_out_is_not_counted_for_a_coarse_reader(browser: Callable[[str], Any], own_site: Path) -> None:
    toml = own_site / "stip.toml"
    toml.write_text(toml.read_text().replace("minimum = 10", "minimum = 400"))
    caller = browser("policy")
    for box in ({}, {"bbox": "140000,430000,160000,450000", "bboxCrs": RD}):
        left_out = caller.json("/incidents", {"limit": 1, **box})["leftOut"]
        assert left_out == {"hidden": 0, "outside": 0, "hourUnknown": 0}


FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "crimeType": st.lists(st.sampled_from(["bicycle_theft", "vandalism", "drugs"]), max_size=2),
        "from": st.dates(date(2026, 1, 1), date(2026, 6, 1)).map(str),
        "to": st.dates(date(2026, 6, 1), date(2026, 9, 10)).map(str),
        "hour": st.lists(st.sampled_from(["20-23", "22-3", "7", "0-23"]), max_size=2),
        "weekday": st.lists(st.sampled_from(["mon", "fri", "sun"]), max_size=2),
        "area": st.lists(st.sampled_from(["WK999900", "BU99990200"]), max_size=2),
        "source": st.sampled_from([[], ["bvh"]]),
        "bbox": st.sampled_from(["5.2,51.8,5.31,52.0", "5.3,51.91,5.31,51.92"]),
    },
)


def test_walking_gives_each_dot_once_and_counts_agree(
    program: Callable[..., Any], browser: Callable[[str], Any]
) -> None:
    caller = {"analyst": program("analyst"), "policy": browser("policy")}

    @settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(query=FILTERS, role=st.sampled_from(["analyst", "policy"]), share=st.integers(2, 5))
    def check(query: dict[str, Any], role: str, share: int) -> None:
        most = {"analyst": 10_000, "policy": 1000}[role]
        apart = ["type", "week", "area"]
        if role == "policy":  # whole weeks
            query = {name: value for name, value in query.items() if name not in ("hour", "weekday")}
        else:
            apart.append("hour-weekday")
        one = list(walk(caller[role], query | {"limit": most}))
        parts = list(walk(caller[role], query | {"limit": min(max(len(one) // share, 1), most - 1)}))
        assert parts == one
        for group_by in apart:
            counts = caller[role].json("/incidents/counts", query | {"groupBy": group_by})
            assert counts["numberMatched"] == len(one) == sum(each["count"] for each in counts["counts"])
        by_week = Counter(each["properties"]["week"] for each in one)
        told = caller[role].json("/incidents/counts", query | {"groupBy": "week"})["counts"]
        assert {each["key"]: each["count"] for each in told} == by_week
        assert all(_fits(each["properties"], query) for each in one)

    check()


def _fits(told: dict[str, Any], query: dict[str, Any]) -> bool:
    hours = {hour for text in query.get("hour", ()) for hour in hours_of(text)}
    kinds, days = query.get("crimeType"), query.get("weekday")
    return (
        (not kinds or told["crimeType"] in kinds)
        and (told["day"] is None or query.get("from", "") <= told["day"] <= query.get("to", "9"))
        and (not hours or told["hour"] in hours)
        and (not days or told["weekday"] in days)
        and (told["day"] is None or told["week"] == week_of_date(date.fromisoformat(told["day"])))
    )


def test_a_cursor_belongs_to_its_question_and_its_data(
    program: Callable[..., Any], browser: Callable[[str], Any], own_site: Any
) -> None:
    caller = program()
    cursor = caller.json("/incidents", {"limit": 5})["next"]
    assert caller.json("/incidents", {"limit": 9, "cursor": cursor})["numberReturned"] == 9
    for query in ({"cursor": cursor, "weekday": "mon"}, {"cursor": cursor + "x"}):
        assert caller.get("/incidents", query).status_code == 400
    assert browser("policy").get("/incidents", {"cursor": cursor}).status_code == 400
    workspace = Workspace.open(own_site)
    undo_batch(workspace, batches_of(workspace)[-1]["batch_id"], at=now(workspace), reason="proef")
    answer = caller.get("/incidents", {"limit": 5, "cursor": cursor})
    assert answer.json()["errors"][0]["code"] == "cursor_outdated"


def test_reference_systems_say_the_same_place(program: Callable[..., Any]) -> None:
    def first(**asked: str) -> tuple[list[float], str]:
        answer = program().get(
            "/incidents",
            {"limit": 1} | ({"crs": asked["crs"]} if "crs" in asked else {}),
            **{name: value for name, value in asked.items() if name != "crs"},
        )
        return answer.json()["features"][0]["geometry"]["coordinates"], answer["Content-Crs"]

    plain, plain_crs = first()
    assert plain_crs == "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>"
    metres, metres_crs = first(crs=RD)
    assert metres_crs == "<http://www.opengis.net/def/crs/EPSG/0/28992>"
    turned, _ = first(crs="EPSG:4258")
    assert turned[::-1] == pytest.approx(plain, abs=1e-5), "latitude comes first in ETRS89"
    assert first(**{"Accept-Crs": RD}) == (metres, metres_crs)
    assert first(**{"Accept-Crs": metres_crs}) == (metres, metres_crs)
    assert first(crs="EPSG:4258", **{"Accept-Crs": RD})[0] == turned
    for query in ({}, {"crs": RD}):
        assert program().get("/incidents", query, **{"Accept-Crs": "EPSG:4326"}).status_code == 406


def test_a_box_means_the_same_in_each_system(program: Callable[..., Any]) -> None:
    x, y = program().json("/incidents", {"limit": 1, "crs": RD})["features"][0]["geometry"]["coordinates"]
    box = {"bbox": f"{x},{y},{x},{y}", "bboxCrs": RD, "crs": RD, "limit": 10_000}
    found = program().json("/incidents", box)["features"]
    assert found
    assert {tuple(each["geometry"]["coordinates"]) for each in found} == {(x, y)}


@pytest.mark.parametrize(("text", "hours"), [("7", [7]), ("20-23", [20, 21, 22, 23]), ("22-1", [22, 23, 0, 1])])
def test_hours_go_on_after_midnight(text: str, hours: list[int]) -> None:
    assert hours_of(text) == hours
