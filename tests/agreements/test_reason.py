# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from stip.agreements import tidy_reason
from stip.errors import AgreementError, PlanError

NAMED = (
    "Gevraagd door de heer Jansen.",
    "De Heer van den Berg belde.",
    "dhr. Bakker wil het niet",
    "Dhr Ö. Yılmaz vroeg erom",
    "mevrouw de Vries-Smit heeft geklaagd",
    "Mw. A. B. Öztürk",
    "mw. El Amrani",
    "meneer O'Brien",
    "Overleg met mevr. 't Hart",
    "bij familie Pietersen",
)
PLAIN = (
    "Kermis op het plein.",
    "De heerlijkheid is afgesloten.",
    "Mevrouwen van de markt staan er niet meer.",
    "Een meneer van de Gemeente belde.".replace("Gemeente", "gemeente"),
    "De Herestraat is open.",
    "Bewoners vragen erom; de Heerenweg is donker.",
)


ADDRESSES = (
    "Singel 40 heeft al camera’s.",
    "Inbraak bij Dam 1 gemeld",
    "Steiger tegen Nieuwe Gracht 114a.",
    "Overleg over Spui, 9",
    "Achter Coolsingel nr. 3 is het donker",
    "Boulevard 1940",
)
NUMBERED = (
    "Week 37 is een feestweek.",
    "Plek 3 ligt naast plek 4.",
    "Wijk 1 was vorige week aan de beurt",
    "De A28 is dicht; Afrit 12 ook.",
    "Kermis van Maandag 7 september",
    "Koningsdag 27 april",
    "Team 2 vroeg erom, na 20 uur.",
    "Utrecht 15 % drukker dan anders",
    "Buurtteam 3 keer gebeld",
    "Om 12.30 uur is de school uit",
    "Op 7 september is er markt",
)


@pytest.mark.parametrize("reason", ADDRESSES)
def test_a_street_with_a_number_is_refused_and_not_repeated(reason: str) -> None:
    with pytest.raises(PlanError, match=r"\(adres\)") as refused:
        tidy_reason(reason, PlanError)
    assert reason not in str(refused.value)


@pytest.mark.parametrize("reason", NUMBERED)
def test_a_number_of_something_else_is_kept(reason: str) -> None:
    assert tidy_reason(reason) == reason


@pytest.mark.parametrize("reason", NAMED)
def test_a_name_after_a_title_is_refused_and_not_repeated(reason: str) -> None:
    with pytest.raises(PlanError, match=r"naam van een persoon") as refused:
        tidy_reason(reason, PlanError)
    assert not {word.strip(".") for word in reason.split() if len(word) > 4} & set(str(refused.value).split())


@pytest.mark.parametrize("reason", PLAIN)
def test_a_sentence_about_the_work_is_kept(reason: str) -> None:
    assert tidy_reason(f"  {reason}  ") == reason


def test_other_personal_data_is_refused_too() -> None:
    with pytest.raises(AgreementError, match="telefoonnummer"):
        tidy_reason("Bel 06-12345678.")
    for reason, sentence in (("  ", "ontbreekt"), ("x" * 141, "telt 141 tekens; 140 mag")):
        with pytest.raises(AgreementError, match=sentence):
            tidy_reason(reason)
