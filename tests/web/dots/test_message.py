# SPDX-License-Identifier: EUPL-1.2
"""The binary message: what DOTS.md promises to the painter."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import numpy as np
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from stip.explore import dots
from stip.store import Workspace, read_cells, read_incidents
from stip_web.audit.models import ProcessingSpan
from stip_web.dots.morton import morton

from .conftest import Read, read_message

Dots = Callable[[str], Read]


def test_it_holds_every_dot_in_eight_bytes(dots_of: Dots, site: Path) -> None:
    read = dots_of("analyst")
    workspace = Workspace.open(site)
    shown = dots(read_incidents(workspace), workspace.settings, read_cells(workspace), desk=True)
    assert read.header["n"] == len(shown.table) > 1000
    assert sum(column.itemsize for column in read.columns.values()) == 8
    assert sorted((row["x"], row["y"]) for row in read.rows()) == sorted(
        zip(shown.table["x_m"], shown.table["y_m"], strict=True)
    )


def test_its_header_says_what_the_columns_mean(dots_of: Dots) -> None:
    header = dots_of("analyst").header
    assert header["fine"] is True
    assert header["totals"] == {"all": header["n"], "hidden": 0, "outside": 0}
    assert header["area_offsets"][0] == 0
    assert header["area_offsets"][-1] == header["n"]
    assert len(header["area_offsets"]) == len(header["areas"]) + 1
    assert header["area_offsets"] == sorted(header["area_offsets"])
    assert {kind["label"] for kind in header["kinds"]} >= {"Fietsdiefstal", "Vernieling"}
    assert all(kind["colour"].startswith("#") and kind["source_label"] for kind in header["kinds"])
    assert len(header["precisions_m"]) <= 8
    assert {area["wijk"] for area in header["areas"] if area["code"]} == {
        each["code"] for each in header["districts"]
    }


def test_days_and_hours_are_those_of_the_middle_of_the_window(dots_of: Dots, site: Path) -> None:
    incidents = read_incidents(Workspace.open(site))
    wide = (incidents["to_at"] - incidents["from_at"]).dt.total_seconds() > 12 * 3600
    middle = (incidents["from_at"] + (incidents["to_at"] - incidents["from_at"]) / 2).dt.tz_convert(
        "Europe/Amsterdam"
    )
    expected = sorted(zip(middle.dt.date, np.where(wide, 31, middle.dt.hour).tolist(), strict=True))
    assert sorted((row["day"], row["hour"]) for row in dots_of("analyst").rows()) == expected


def test_dots_of_an_area_lie_along_mortons_curve(dots_of: Dots) -> None:
    read = dots_of("analyst")
    order = morton(read.columns["x"], read.columns["y"])
    for begin, end in zip(read.header["area_offsets"], read.header["area_offsets"][1:], strict=False):
        assert np.all(np.diff(order[begin:end].astype(np.int64)) >= 0)


@given(st.integers(0, 65_535), st.integers(0, 65_535))
def test_mortons_order_takes_a_bit_from_each_in_turn(x: int, y: int) -> None:
    bits = "".join(f"{b}{a}" for a, b in zip(f"{x:016b}", f"{y:016b}", strict=True))
    assert morton(np.array([x], np.uint16), np.array([y], np.uint16))[0] == int(bits, 2)


def test_it_comes_packed_and_is_not_sent_twice(as_role: Callable[[str], Client]) -> None:
    client = as_role("analyst")
    packed = client.get("/kaart/stippen.bin", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/kaart/stippen.bin")
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) * 0.8
    again = client.get("/kaart/stippen.bin", headers={"If-None-Match": packed["ETag"]})
    assert again.status_code == 304
    assert not again.content
    assert [span.name for span in ProcessingSpan.objects.all()] == [
        "Meldingen bekijken op kaart, lijst en grafiek"
    ] * 3


def test_it_does_not_change_with_the_filter(as_role: Callable[[str], Client]) -> None:
    client = as_role("analyst")
    assert client.get("/kaart/stippen.bin?soort=vandalism")["ETag"] == client.get("/kaart/stippen.bin")["ETag"]


def test_who_may_see_less_gets_another_message(as_role: Callable[[str], Client]) -> None:
    fine, coarse = as_role("analyst").get("/kaart/stippen.bin"), as_role("policy").get("/kaart/stippen.bin")
    assert fine["ETag"] != coarse["ETag"]
    assert read_message(coarse.content).header["fine"] is False


def test_fine_dots_stay_on_no_disk_and_coarse_ones_are_asked_for_each_time(as_role: Callable[[str], Client]) -> None:
    fine, coarse = as_role("analyst"), as_role("policy")
    first = fine.get("/kaart/stippen.bin")
    again = fine.get("/kaart/stippen.bin", headers={"If-None-Match": first["ETag"]})
    assert first["Cache-Control"] == again["Cache-Control"] == "private, no-store"
    assert coarse.get("/kaart/stippen.bin")["Cache-Control"] == "private, no-cache"
