# SPDX-License-Identifier: EUPL-1.2
"""The table of rules that a town can edit: what is left out keeps its default, what cannot be is said in Dutch."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from stip.errors import SettingsError
from stip.settings import Settings, checked, write_toml


def read(**signals: Any) -> Settings:
    return checked({"town": {"name": "Proefstad"}, "signals": signals}, Settings, "stip.toml")


def test_one_changed_term_leaves_the_rest_of_the_table() -> None:
    rules = read(rules={"help": {"days": 5}}).signals.rules
    assert rules.help.days == 5 and rules.help.partners == ("care",) and "place" not in rules.help.may_share
    assert (rules.offence.days, rules.space.days, rules.unvisited.days) == (1, 5, 7)


def test_the_table_is_written_out_whole_so_that_it_can_be_edited() -> None:
    text = write_toml(read())
    assert "[signals.rules.help]" in text and 'label = "Hulp"' in text
    assert checked(tomllib.loads(text), Settings, "stip.toml") == read()


@pytest.mark.parametrize(
    ("signals", "said"),
    [
        ({"rules": {"help": {"may_share": ["category", "place"]}}}, "bij hulp wordt de precieze plek niet bewaard"),
        ({"rules": {"help": {"partners": ["maintenance"]}}}, "daar hoort een punt op de kaart bij"),
        ({"rules": {"space": {"partners": ["buurman"]}}}, "noemt partner ‘buurman’; bekend zijn: maintenance"),
        ({"rules": {"space": {"decides": []}}}, "niemand mag hier besluiten"),
        ({"rules": {"space": {"decides": ["Jan Jansen"]}}}, "kan geen code zijn"),
        ({"rules": {"space": {"days": 0}}}, "rules.space.days: ‘0’ is te klein"),
        ({"rules": {"space": {"may_share": ["category", "name"]}}}, "‘name’ ken ik niet; kies uit category"),
        ({"rules": {"space": {"may_share": ["area"]}}}, "‘category’ ontbreekt"),
        ({"rules": {"space": {"categories": {"Lamp!": "x"}}}}, "‘Lamp!’ kan geen code zijn"),
        ({"rules": {"gossip": {"days": 1}}}, "rules.gossip: deze naam ken ik niet"),
        ({"rules": 3}, "schrijf een onderdeel met eigen regels"),
        ({"partners": {"police": {"label": "Politie", "way": "fax"}}}, "‘fax’ kan hier niet"),
        ({"tier": 2}, "‘2’ kan hier niet; kies 1, 3 of 5"),
        ({"signalen_url": "ftp://stad.nl"}, "dit is geen webadres"),
        ({"signalen_url": "https://jan:geheim@stad.nl"}, "dit is geen webadres"),
        ({"signalen_url": "https://stad.nl:99999"}, "dit is geen webadres"),
        ({"signalen_url": "https://stad.nl/?a=1"}, "dit is geen webadres"),
        ({"signalen_categories": {"lamp": "../../admin"}}, "heeft niet de vorm hoofdcategorie/subcategorie"),
    ],
)
def test_what_cannot_be_is_said_with_its_place(signals: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read(**signals)
    assert str(caught.value).startswith("stip.toml, bij signals") and said in str(caught.value)
    assert "geheim" not in str(caught.value)
