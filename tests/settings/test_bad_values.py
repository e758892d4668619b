# SPDX-License-Identifier: EUPL-1.2
"""Whatever somebody writes in stip.toml: it is taken, or refused in a sentence that names entry, value and remedy."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from stip.errors import SettingsError
from stip.link import MEASURES
from stip.settings import Settings, Town, read_toml
from stip.settings.stages import MEASURE_NAMES

BASE: dict[str, Any] = Settings(
    town=Town(name="Proefstad"),
    link={"features": [{"layer": "lampposts"}]},  # type: ignore[arg-type]
).model_dump(mode="json", exclude_none=True)
VALUES = [-1, 0, 1.5, 10**9, float("nan"), float("inf"), "", "  ", "x", True, [], {}, [-1.0], [0], ["a"]]
ENGLISH = ("input", "should", "valid ", "error", "must", "None")


def entries(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for name, below in inside:
        yield from entries(below, (*path, name))


def read(tmp_path: Path, path: tuple[Any, ...], value: Any) -> Settings:
    changed = copy.deepcopy(BASE)
    node = changed
    for name in path[:-1]:
        node = node[name]
    node[path[-1]] = value
    file = tmp_path / "stip.toml"
    file.write_text(tomli_w.dumps(changed), encoding="utf-8")
    return read_toml(file, Settings)


@pytest.mark.parametrize("path", list(entries(BASE)), ids=lambda path: ".".join(map(str, path)))
def test_a_value_is_taken_or_refused_in_dutch(tmp_path: Path, path: tuple[Any, ...]) -> None:
    for value in VALUES:
        try:
            read(tmp_path, path, value)
        except SettingsError as error:
            said = str(error)
            assert said.startswith((f"stip.toml, bij {path[0]}", f"stip.toml, bij het bestand: {path[0]}")), said
            assert not [word for word in ENGLISH if word in said], said
            assert any(sign in said for sign in (";", "noem ten minste", ", zoals ")), said


@pytest.mark.parametrize(
    ("entry", "value", "said"),
    [
        ("town.crs", "RD", "coördinatenstelsel ‘RD’ bestaat niet; schrijf bijvoorbeeld EPSG:28992"),
        ("town.crs", "EPSG:4326", "‘EPSG:4326’ telt niet in meters op een plat vlak; in Nederland is dat EPSG:28992"),
        ("town.cell_m", 1, "‘1’ is te klein; kies een getal van 50 of hoger"),
        ("town.cell_m", True, "‘true’ past hier niet; schrijf een getal"),
        ("link.allow_socio_economic", 1, "‘1’ past hier niet; schrijf ‘true’ of ‘false’"),
        ("link.features.0.layer", "", "dit is leeg; vul het in"),
        ("link.features.0.measures", ["aantal"], "‘aantal’ ken ik niet; kies uit area_share, count"),
        ("outlook.targets", ["vandalism", "vandalism"], "‘vandalism’ staat er twee keer"),
        ("outlook.half_lives_weeks", [2, 0], "‘0’ is te klein; kies getallen boven 0"),
        ("outlook.widths_m", [0, -90], "‘-90’ is te klein; kies getallen van 0 of hoger"),
        ("outlook.widths_m", [90, 90.0], "‘90’ staat er twee keer"),
        ("outlook.half_lives_weeks", [], "noem ten minste één getal"),
        ("outlook.seed", -1, "‘-1’ is te klein; kies een getal van 0 of hoger"),
        ("outlook.seed", 2**32, "te groot"),
        ("outlook.widths_m", [0, 1e15], "te groot; kies getallen tot en met 50000"),
        ("intake.window_cap_hours", 10**9, "‘1000000000’ is te groot; kies een getal van 8784 of lager"),
        ("plan.rotation_weeks", 10**9, "is te groot"),
        ("plan.hours", float("nan"), "‘nan’ past hier niet; schrijf een getal"),
        ("plan.uren", 3, "deze naam ken ik niet"),
    ],
)
def test_entry_value_and_remedy(tmp_path: Path, entry: str, value: Any, said: str) -> None:
    path = tuple(int(part) if part.isdecimal() else part for part in entry.split("."))
    with pytest.raises(SettingsError) as refused:
        read(tmp_path, path, value)
    assert f"bij {entry}" in str(refused.value)
    assert said in str(refused.value)


def test_a_crime_type_has_a_plain_name(tmp_path: Path) -> None:
    with pytest.raises(
        SettingsError, match=r"crime_types: ‘Fiets diefstal’ kan geen naam zijn; gebruik kleine letters"
    ):
        read(tmp_path, ("crime_types", "Fiets diefstal"), {"label": "Fietsdiefstal"})


def test_every_measure_can_be_asked() -> None:
    assert sorted(MEASURES) == sorted(MEASURE_NAMES)
