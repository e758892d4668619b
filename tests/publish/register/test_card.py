# SPDX-License-Identifier: EUPL-1.2
"""The card: what is refused, with the key and what to do; and placeholders."""

from __future__ import annotations

import re
import tomllib

import pytest

from publish.register.known_town import AT
from stip.errors import SettingsError
from stip.publish.register import (
    Fact,
    card_path,
    empty_card,
    filled,
    make_register,
    read_card,
    write_empty_card,
)
from stip.store import Workspace


def change(workspace: Workspace, old: str, new: str) -> None:
    text = card_path(workspace).read_text(encoding="utf-8")
    assert old in text
    card_path(workspace).write_text(text.replace(old, new), encoding="utf-8")


def test_a_card_to_fill_in_is_put_where_there_is_none_and_never_over_one(town: Workspace) -> None:
    assert not write_empty_card(town)
    card_path(town).unlink()
    assert write_empty_card(town)
    with pytest.raises(SettingsError, match=r"card.toml, bij organisation.name: dit is nog niet ingevuld"):
        read_card(town)


def test_the_empty_card_asks_what_the_filled_one_answers(town: Workspace) -> None:
    empty, full = tomllib.loads(empty_card()), tomllib.loads(card_path(town).read_text(encoding="utf-8"))
    for part in ("organisation", "algorithm", "texts"):
        assert set(empty[part]) == set(full[part])


def test_every_placeholder_that_the_empty_card_names_is_known_and_none_is_left_out(town: Workspace) -> None:
    named = set(re.findall(r"^#.*", empty_card(), re.M))
    told = {name for line in named for name in re.findall(r"\{([a-z_]+)\}", line)}
    assert told == set(make_register(town, at=AT).facts.named)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('begin_date = "2026-08"', 'begin_date = "augustus"', r"algorithm.begin_date: ‘augustus’ is geen maand"),
        ('status = "In gebruik"', 'status = "Aan"', r"algorithm.status: ‘Aan’ kan hier niet; kies 'In ontwikkeling'"),
        ('"veiligheid@stipdam.example"', '"veiligheid"', r"organisation.contact_email: dit is geen e-mailadres"),
        ('"https://www.stipdam.example/privacy"', '"javascript:alert(1)"', r"privacy_url: dit is geen webadres"),
        ("[texts]", '[texts]\nextra = "x"', r"texts.extra: deze naam ken ik niet"),
        ("why_now = ", "why_nou = ", r"texts.why_now: dit ontbreekt nog"),
        ("Besproken met de raad", "Bel 06-12345678", r"texts.talked_with: hier lijkt iets over een persoon"),
    ],
)
def test_a_wrong_card_is_told_by_key_and_remedy(town: Workspace, old: str, new: str, said: str) -> None:
    change(town, old, new)
    with pytest.raises(SettingsError, match=re.escape(said).replace(r"\\ ", " ") if "(" in said else said):
        read_card(town)


def test_an_unknown_placeholder_is_refused_with_those_that_are_known(town: Workspace) -> None:
    change(town, 'goal = "{doel}', 'goal = "{doelen}')
    with pytest.raises(SettingsError, match=r"texts.goal: ‘{doelen}’ ken ik niet. Kies uit .*doel"):
        make_register(town, at=AT)


@pytest.mark.parametrize("text", ["{a.__class__}", "{a[0]}", "{a!r}", "{a:>9}", "{", "{}", "a}"])
def test_a_placeholder_is_a_name_and_nothing_more(text: str) -> None:
    with pytest.raises(SettingsError, match="accolades"):
        filled(text, {"a": Fact("a", "A", "1", "toets")}, "toets")


def test_a_value_is_taken_as_it_is() -> None:
    assert filled("{a} en {{b}}", {"a": Fact("a", "A", "{x}", "toets")}, "toets") == "{x} en {b}"
