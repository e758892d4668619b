# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from stip.errors import BrokenSettings, SettingsError
from stip.settings import (
    CrimeType,
    FeatureSettings,
    LearnSettings,
    LinkSettings,
    OutlookSettings,
    PlanSettings,
    Reporting,
    Settings,
    Town,
    read_toml,
    write_toml,
)

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40)
SETTINGS = st.builds(
    Settings,
    town=st.builds(Town, name=TEXT, cell_m=st.integers(50, 5000), origin_x_m=st.integers(-(10**6), 10**6)),
    crime_types=st.dictionaries(
        st.from_regex(r"[a-z_]{1,12}", fullmatch=True),
        st.builds(CrimeType, label=TEXT, codes=st.tuples(TEXT), reporting=st.sampled_from(Reporting)),
        max_size=4,
    )
    .filter(lambda types: len({kind.codes[0].strip().casefold() for kind in types.values()}) == len(types))
    .map(lambda types: {"home_burglary": CrimeType(label="Woninginbraak"), **types}),
    link=st.builds(LinkSettings, features=st.tuples(st.builds(FeatureSettings, layer=TEXT.filter(bool)))),
    plan=st.builds(
        PlanSettings, hours=st.floats(0.001, 1e6), balance=st.dictionaries(TEXT, st.floats(0, 100), max_size=3)
    ),
    learn=st.builds(LearnSettings, goal=TEXT, success=TEXT),
)


@given(SETTINGS)
def test_what_is_written_reads_back_the_same(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> None:
    path = tmp_path_factory.mktemp("town") / "stip.toml"
    path.write_text(write_toml(settings), encoding="utf-8")
    assert read_toml(path, Settings) == settings


def test_a_town_needs_only_a_name(tmp_path: Path) -> None:
    path = tmp_path / "stip.toml"
    path.write_text('[town]\nname = "Utrecht"\n')
    assert read_toml(path, Settings) == Settings(town=Town(name="Utrecht"))


def test_a_type_that_comes_with_stip_needs_no_reporting(tmp_path: Path) -> None:
    path = tmp_path / "stip.toml"
    path.write_text(
        '[town]\nname = "X"\n[crime_types.home_burglary]\nlabel = "Inbraak"\n[outlook]\ntargets = ["home_burglary"]'
    )
    assert read_toml(path, Settings).crime_types["home_burglary"].reporting is Reporting.CITIZEN


def test_settings_do_not_change_once_read() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        PlanSettings().hours = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("", "stip.toml, bij town: dit ontbreekt nog; vul het in."),
        ("[plan]\nhours = 8", "bij town: dit ontbreekt nog"),
        ("town = 3", "bij town: ‘3’ past hier niet; schrijf een onderdeel met eigen regels."),
        ("[town]\nname = 'X'\n[plan]\nhuors = 8", "bij plan.huors: deze naam ken ik niet; kijk of er een tikfout in"),
        ("[town]\nname = 'X'\n[plan]\nhours = -1", "bij plan.hours: ‘-1’ is te klein; kies een getal boven 0"),
        ("[town]\nname = 'X'\n[plan]\nhours = nan", "bij plan.hours: ‘nan’ past hier niet; schrijf een getal."),
        ("[town]\nname = 'X'\n[plan]\nhours = inf", "bij plan.hours: ‘inf’ past hier niet; schrijf een getal."),
        ("[town]\nname = 'X'\n[plan]\nhours = 'veel'", "bij plan.hours: ‘veel’ past hier niet; schrijf een getal."),
        (
            "[town]\nname = 'X'\n[plan]\nmax_places = 1.5",
            "bij plan.max_places: ‘1.5’ past hier niet; schrijf een heel",
        ),
        (
            "[town]\nname = 'X'\n[plan]\nmax_visits = 9",
            "bij plan.max_visits: ‘9’ is te groot; kies een getal van 7 of",
        ),
        ("[town]\nname = 'X'\n[plan]\nplace_cells = [4, 2]", "bij plan.place_cells: een plek telt 1 tot 12 vakken"),
        ("[town]\nname = 'X'\n[plan]\nplace_cells = [4]", "bij plan.place_cells.1: dit ontbreekt nog"),
        ("[town]\nname = 'X'\n[plan]\nplace_cells = [1, 2, 3]", "hier staan te veel waarden; het mogen er 2 zijn"),
        ("[town]\nname = 'X'\n[outlook]\ntargets = []", "bij outlook.targets: noem ten minste één soort melding."),
        (
            "[town]\nname = 'X'\n[outlook]\ntargets = ['drugs']",
            "bij het bestand: outlook.targets noemt ‘drugs’; bekend",
        ),
        (
            "[town]\nname = 'X'\n[outlook]\ntargets = 'x'",
            "bij outlook.targets: ‘x’ past hier niet; schrijf een lijst",
        ),
        ("[town]\nname = 'X'\ntime_zone = 'Europe/Utrecht'", "bij town.time_zone: tijdzone ‘Europe/Utrecht’ bestaat"),
        ("[town]\nname = 7", "bij town.name: ‘7’ past hier niet; schrijf tekst tussen aanhalingstekens."),
        (
            "[town]\nname = 'X'\n[crime_types.home_burglary]\nlabel = 'W'\ncolour = 'rood'",
            "bij crime_types.home_burglary.colour: ‘rood’ heeft niet de vorm",
        ),
        (
            "[town]\nname = 'X'\n[crime_types.home_burglary]\nlabel = 'W'\nreporting = 'half'",
            "bij crime_types.home_burglary.reporting: ‘half’ kan hier niet; kies 'breng' of 'haal'",
        ),
        (
            "[town]\nname = 'X'\n[crime_types.drugs]\nlabel = 'Drugshandel'\n[outlook]\ntargets = ['drugs']",
            'bij crime_types: bij de soort ‘drugs’ ontbreekt reporting; schrijf reporting = "breng" als bewoners dit',
        ),
        ("[town]\nname = 'X'\nname = 'Y'\n\n", "is geen geldig TOML-bestand: regel 3, teken 11 is niet te begrijpen"),
        ("[town]\nname = '''X", "is geen geldig TOML-bestand: "),
    ],
)
def test_what_does_not_fit_is_named_in_dutch(tmp_path: Path, lines: str, sentence: str) -> None:
    path = tmp_path / "stip.toml"
    path.write_text(lines, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        read_toml(path, Settings)
    assert sentence in str(caught.value)
    assert "Input should" not in str(caught.value)


def test_a_missing_file_a_folder_and_another_encoding_end_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="bestaat niet"):
        read_toml(tmp_path / "stip.toml", Settings)
    with pytest.raises(SettingsError, match="niet te lezen"):
        read_toml(tmp_path, Settings)
    (tmp_path / "stip.toml").write_bytes("[town]\nname = 'Fryslân'".encode("cp1252"))
    with pytest.raises(SettingsError, match="geen UTF-8-tekst"):
        read_toml(tmp_path / "stip.toml", Settings)


def test_a_broken_file_is_named_as_asked_and_never_by_its_place_on_the_machine(tmp_path: Path) -> None:
    path = tmp_path / "bvh.toml"
    for content in (None, "[", "town = 5"):
        if content is not None:
            path.write_text(content, encoding="utf-8")
        for asked, name in (("", "bvh.toml"), ("agreements/bvh.toml", "agreements/bvh.toml")):
            with pytest.raises(BrokenSettings, match=f"^{name}") as caught:
                read_toml(path, Settings, name=asked)
            assert str(tmp_path) not in str(caught.value)


def test_targets_must_be_known_types() -> None:
    with pytest.raises(ValidationError, match="bekend zijn"):
        Settings(town=Town(name="X"), outlook=OutlookSettings(targets=("drugs",)))


def test_the_mark_that_notepad_sets_is_read_over(tmp_path: Path) -> None:
    path = tmp_path / "stip.toml"
    path.write_text("[town]\nname = 'Stipdam'", encoding="utf-8-sig")
    assert read_toml(path, Settings).town.name == "Stipdam"


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (
            "[crime_types.a]\nlabel = 'A'\nreporting = 'breng'\ncodes = ['A72', 'X']\n"
            "[crime_types.b]\nlabel = 'B'\nreporting = 'breng'\ncodes = [' a72 ']\n[outlook]\ntargets = ['a']",
            "bij crime_types: code ‘a72’ staat bij ‘a’ en bij ‘b’; laat hem bij één soort staan",
        ),
        ("[outlook]\nmodel = '../x'", "bij outlook.model: ‘../x’ kan geen naam zijn; schrijf bijvoorbeeld blend"),
        ("[outlook]\nbaseline = ''", "bij outlook.baseline: ‘’ kan geen naam zijn"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, lines: str, sentence: str) -> None:
    path = tmp_path / "stip.toml"
    path.write_text(f"[town]\nname = 'X'\n{lines}", encoding="utf-8")
    with pytest.raises(SettingsError, match=re.escape(sentence)):
        read_toml(path, Settings)


def test_teams_are_a_list_of_names_or_names_by_their_codes(tmp_path: Path) -> None:
    path = tmp_path / "stip.toml"
    path.write_text('[town]\nname = "Utrecht"\n[plan]\nteams = ["Flexteam", "Team Noord & Oost"]\n')
    assert read_toml(path, Settings).plan.teams == {"flexteam": "Flexteam", "team-noord-oost": "Team Noord & Oost"}
    path.write_text('[town]\nname = "Utrecht"\n[plan.teams]\nno = "Noord"\n')
    assert list(read_toml(path, Settings).plan.teams) == ["no"]
    assert list(PlanSettings().teams) == ["flexteam"]
    path.write_text('[town]\nname = "Utrecht"\n[plan]\nteams = ["Noord", "noord"]\n')
    with pytest.raises(SettingsError, match="heten bijna hetzelfde"):
        read_toml(path, Settings)
