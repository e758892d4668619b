# SPDX-License-Identifier: EUPL-1.2
"""A category stays a category: kinds of things, never a name."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stip.errors import AgreementError
from stip.intake.accounts.account import Account
from stip.intake.accounts.report import OpenDataReport
from stip.intake.open_data.categories import OWNER_KINDS, tidy_categories


def tidy(*cells: Any, about: tuple[str, ...] = ("lampen", "soort"), means: bool = False) -> tuple[list[Any], Account]:
    account = Account(len(cells))
    text = pd.Series(list(cells), dtype="string")
    return tidy_categories(text, about=about, allow_means=means, account=account).tolist(), account


def refused(account: Account) -> dict[str, int]:
    return {count.rule.code: count.rows for count in OpenDataReport.of(account, "x", "y").refused_rules}


def test_kinds_stay_as_they_are() -> None:
    kept, account = tidy("lichtmast", None, "Lichtmast 4 m")
    assert kept == ["lichtmast", pd.NA, "Lichtmast 4 m"]
    assert OpenDataReport.of(account, "x", "y").accepted == 3


@pytest.mark.parametrize(
    "cell",
    [
        *("bel 06-12345678", "j.jansen@example.nl", "Kerkstraat 12, 3511 AB 12", "mw. jansen", "Hooidrift 12"),
        *("NL91ABNA0417164300", "12-AB-34"),
    ],
)
def test_personal_data_is_refused_and_gone(cell: str) -> None:
    kept, account = tidy("lichtmast", cell)
    assert kept == ["lichtmast", pd.NA]
    assert refused(account) == {"personal_category": 1}


@pytest.mark.parametrize("cell", ["Jan Jansen", "J. de Vries", "Rokin 75", "nummer 3 van de Neude"])
def test_what_may_be_a_name_or_a_house_is_left_out_where_few_have_it(cell: str) -> None:
    kept, account = tidy("Eik", "SON-T 70", cell, *["SON-T 70"] * 4)
    assert kept == ["Eik", "SON-T 70", pd.NA, *["SON-T 70"] * 4]
    report = OpenDataReport.of(account, "x", "y")
    assert (report.accepted, report.repaired, report.refused) == (6, 1, 0)


@pytest.mark.parametrize("cell", ["moskee", "Kerk", "niet-westerse herkomst", "bijstand"])
def test_what_is_about_origin_faith_or_means_is_refused(cell: str) -> None:
    kept, account = tidy("winkel", cell)
    assert kept == ["winkel", pd.NA]
    assert refused(account) == {"sensitive_category": 1}


def test_means_may_be_allowed_by_the_town() -> None:
    assert refused(tidy("bijstand", means=True)[1]) == {}


def test_a_whole_text_is_refused() -> None:
    assert refused(tidy("lichtmast", "melder zegt dat " * 8)[1]) == {"free_text": 1}


@pytest.mark.parametrize("count", [13, 41, 500])
def test_names_are_no_kinds(count: int) -> None:
    with pytest.raises(AgreementError, match="namen of vrije tekst") as refusal:
        tidy(*(f"canary {chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(count)))
    assert "canary" not in str(refusal.value)


def test_many_kinds_on_very_many_rows_are_kinds() -> None:
    kept, _ = tidy(*(f"type {chr(97 + n % 50 // 26)}{chr(97 + n % 26)}" for n in range(2000)))
    assert len(set(kept)) > 40


@pytest.mark.parametrize(
    ("owner", "kind"),
    [
        ("Gemeente Proefstad", "gemeente"),
        ("gem. Proefstad", "gemeente"),
        ("Woningcorporatie De Goede Woning", "corporatie"),
        ("Woningstichting Canary", "corporatie"),
        ("particulier eigendom", "particulier"),
        ("Vereniging van Eigenaars Canaryhof", "particulier"),
        ("CORPORATIE", "corporatie"),
        ("J. Canary", "onbekend"),
        ("Canary Vastgoed B.V.", "onbekend"),
    ],
)
def test_of_owners_only_the_kind_is_kept(owner: str, kind: str) -> None:
    for about in (("owners", "soort"), ("panden", "eigenaar_soort")):
        kept, account = tidy(owner, about=about)
        assert kept == [kind]
        assert refused(account) == {}


@given(st.lists(st.one_of(st.none(), st.text(max_size=20)), max_size=12))
def test_no_owner_s_name_ever_stays(cells: list[str | None]) -> None:
    kept, account = tidy(*cells, about=("owners",))
    assert {kind for kind in kept if kind is not pd.NA} <= set(OWNER_KINDS)
    report = OpenDataReport.of(account, "x", "y")
    assert report.accepted + report.repaired + report.refused == len(cells)


def test_an_owner_kind_that_was_there_already_is_no_repair() -> None:
    _, account = tidy("corporatie", "Gemeente", "Portaal", about=("owners",))
    report = OpenDataReport.of(account, "x", "y")
    assert (report.accepted, report.repaired) == (2, 1)


def test_traits_are_no_owners() -> None:
    assert tidy("hoog", about=("paal", "eigenschap"))[0] == ["hoog"]
