# SPDX-License-Identifier: EUPL-1.2
"""A file of what is published that is broken hides itself and nothing else: every other page stands."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from django.test import Client

from stip.publish import published_figures
from web.public.test_walk import addresses

WORTHLESS = ("", "[", "{}", "[]", "null", "7", '[{"quarter": 1}]', "[" * 100_000, "\x00")
FILES = (
    "figures/{quarter}/figures.parquet",
    "figures/{quarter}/facts.json",
    "figures/{quarter}/issues.json",
    "record/{quarter}.json",
    "register/explanation.json",
    "register/register.json",
    "places/{year}/facts.json",
    "places/{year}/areas.parquet",
    "places/{year}/postcodes.parquet",
    "pauses.json",
)
OPEN_DATA = (
    "/openbaar/gegevens",
    "/openbaar/gegevens/ogc/collections/cijfers/items",
    "/openbaar/gegevens/ogc/collections/buurten/items",
)


def newest(published: Path) -> Path:
    return max((published / "figures").iterdir())


@pytest.mark.parametrize("file", FILES)
def test_no_broken_file_breaks_a_page(public: Client, full: Path, file: str) -> None:
    year = max((full / "places").iterdir()).name
    path = full / file.format(quarter=newest(full).name, year=year)
    whole = path.read_bytes() if path.exists() else b""
    path.parent.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate((*WORTHLESS, whole[: len(whole) // 2].decode("latin-1"))):
        path.write_bytes(text.encode("latin-1"))
        for address in addresses() if number in (2, len(WORTHLESS)) else ["/openbaar", *OPEN_DATA]:
            assert public.get(address).status_code in (200, 302, 404, 503), (address, text[:20])


def test_a_quarter_that_cannot_be_read_is_named_and_the_others_stand(public: Client, full: Path) -> None:
    before = public.get("/openbaar/cijfers").content.decode()
    quarter = newest(full)
    label = json.loads((full / "record" / f"{quarter.name}.json").read_text())["label"]
    assert "niet te lezen" not in before
    (quarter / "figures.parquet").write_bytes(b"PAR1")
    page = public.get("/openbaar/cijfers").content.decode()
    assert f"De cijfers van het {label} zijn nu niet te lezen." in page
    assert f"?kwartaal={quarter.name}" not in page
    assert set(published_figures(full)["quarter"]) == {one.name for one in (full / "figures").iterdir()} - {
        quarter.name
    }


def test_a_copy_of_a_quarter_counts_nothing_twice(full: Path) -> None:
    figures = published_figures(full)
    shutil.copytree(newest(full), full / "figures" / "kopie")
    shutil.copytree(newest(full), full / "figures" / "2001-K1")
    assert len(published_figures(full)) == len(figures)
