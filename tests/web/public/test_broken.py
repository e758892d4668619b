# SPDX-License-Identifier: EUPL-1.2
"""A file of what is published that is broken hides itself and nothing else: every other page stands."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from django.test import Client

from stip.publish import State, published_areas, published_figures
from web.public.test_walk import addresses

WORTHLESS = ("", "[", "{}", "[]", "null", "7", '[{"quarter": 1}]', "[" * 100_000, "\x00")
FILES = (
    "figures/{quarter}/figures.parquet",
    "figures/{quarter}/facts.json",
    "figures/{quarter}/issues.json",
    "record/{quarter}.json",
    "register/explanation.json",
    "register/register.json",
    "register/facts.json",
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


def asked(full: Path) -> list[str]:
    """Give addresses that together show all that is published."""
    code = str(published_areas(full)["area_code"].iloc[3])
    (postcodes,) = full.glob("places/2026/postcodes.parquet")
    postcode = str(pd.read_parquet(postcodes)["postcode"].iloc[0])
    area = [f"/openbaar/mijn-buurt?buurt={code}", f"/openbaar/mijn-buurt?postcode={postcode}"]
    return ["/openbaar", *area, "/openbaar/cijfers", "/openbaar/cijfers.csv", *OPEN_DATA]


def in_json(**changed: Any) -> Callable[[Path], None]:
    def change(file: Path) -> None:
        file.write_text(json.dumps(json.loads(file.read_text()) | changed))

    return change


def in_table(change: Callable[[Any], Any]) -> Callable[[Path], None]:
    def changed(file: Path) -> None:
        read = gpd.read_parquet if file.name == "areas.parquet" else pd.read_parquet
        change(read(file)).to_parquet(file)

    return changed


def in_place(**changed: Any) -> Callable[[Path], None]:
    """Put values in the fourth row."""

    def change(frame: Any) -> Any:
        kept = frame.astype(dict.fromkeys(changed, object)) if "geometry" not in changed else frame
        for name, value in changed.items():
            kept.loc[3, name] = value
        return kept

    return in_table(change)


def flipped(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[20:200] = bytes(180)
    file.write_bytes(bytes(content))


def a_figure(figure: float) -> Callable[[Path], None]:
    def change(frame: pd.DataFrame) -> pd.DataFrame:
        frame["figure"] = frame["figure"].astype("float64")
        frame.loc[frame["figure"].first_valid_index(), "figure"] = figure
        return frame

    return in_table(change)


def unhidden(frame: pd.DataFrame) -> pd.DataFrame:
    frame.loc[3, ["state", "figure"]] = [str(State.FEW_DWELLINGS), 5]
    return frame


PLACES, FIGURES, RECORD = "places/2026/", "figures/2026-K1/", "record/2026-K1.json"
BORDERS, QUARTER = "De grenzen van de buurten van 2026", "De cijfers van het eerste kwartaal"
LOOK = "De terugblik van"
DAMAGES: dict[str, tuple[str, Callable[[Path], Any], str]] = {
    "no postcodes": (f"{PLACES}postcodes.parquet", Path.unlink, BORDERS),
    "postcodes flipped": (f"{PLACES}postcodes.parquet", flipped, BORDERS),
    "postcode elsewhere": (f"{PLACES}postcodes.parquet", in_place(area_code="BU00000000"), BORDERS),
    "no geometry": (f"{PLACES}areas.parquet", in_place(geometry=None), BORDERS),
    "no name": (f"{PLACES}areas.parquet", in_table(lambda frame: frame.drop(columns="area_name")), BORDERS),
    "no system": (f"{PLACES}facts.json", in_json(crs=None), BORDERS),
    "other system": (f"{PLACES}facts.json", in_json(crs="EPSG:4326"), BORDERS),
    "no moment": (f"{PLACES}facts.json", in_json(made_at=[]), BORDERS),
    "no zone": (f"{PLACES}facts.json", in_json(made_at="2026-09-07T08:30:00"), BORDERS),
    "endless figure": (f"{FIGURES}figures.parquet", a_figure(float("inf")), QUARTER),
    "true figure": (f"{FIGURES}figures.parquet", a_figure(3), QUARTER),
    "negative figure": (f"{FIGURES}figures.parquet", a_figure(-5), QUARTER),
    "hidden figure": (f"{FIGURES}figures.parquet", in_table(unhidden), QUARTER),
    "no type": (f"{FIGURES}figures.parquet", in_place(crime_type=None), QUARTER),
    "no area": (f"{FIGURES}figures.parquet", in_place(area_name=None), QUARTER),
    "surrogate label": (f"{FIGURES}facts.json", in_json(labels={"burglary": "\ud800"}), QUARTER),
    "no labels": (f"{FIGURES}facts.json", in_json(labels=True), QUARTER),
    "reporting": (f"{FIGURES}facts.json", in_json(reporting=[7]), QUARTER),
    "surrogate method": (RECORD, in_json(method="\ud800"), LOOK),
    "true share": (RECORD, in_json(types=7), LOOK),
    "no work": (RECORD, in_json(weeks=["2026-W14"], work=True), LOOK),
}
"""Of what, what is done to it, and what is told."""


@pytest.mark.parametrize("damage", list(DAMAGES))
def test_what_does_not_hold_what_a_page_shows_is_told_and_not_shown(public: Client, full: Path, damage: str) -> None:
    file, change, told = DAMAGES[damage]
    pages = asked(full)
    change(full / file)
    for address in pages:
        answer = public.get(address)
        assert answer.status_code in (200, 302), address
    page = public.get("/openbaar").content.decode()
    assert told in page and page.count("niet te lezen") == 1


@pytest.mark.parametrize("name", ["2026-kopie", "99999999999999999999", "2026.oud"])
def test_a_copy_of_the_borders_takes_none_away(public: Client, full: Path, name: str) -> None:
    shutil.copytree(full / "places" / "2026", full / "places" / name)
    for address in asked(full):
        assert public.get(address).status_code == 200
    page = public.get("/openbaar/mijn-buurt").content.decode()
    assert "nog niet openbaar" not in page and "niet te lezen" not in page and "<option" in page


def test_a_text_that_cannot_be_written_stops_everything_in_a_sentence(public: Client, full: Path) -> None:
    notice = {"what": "stage", "name": "publish", "label": "", "since": "", "sentence": "\ud800"}
    (full / "pauses.json").write_text(json.dumps([notice]))
    for address in asked(full):
        assert public.get(address).status_code in (200, 503), address
    assert "is niet te lezen. Daarom staat alles stil." in public.get("/openbaar").content.decode()
