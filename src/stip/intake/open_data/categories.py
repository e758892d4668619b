# SPDX-License-Identifier: EUPL-1.2
"""Keeping a category a category: no personal data, nothing about origin, of owners only the kind, and no names."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from stip.agreements import check_features, find_any_personal, find_personal, looks_like_name
from stip.errors import AgreementError
from stip.intake.accounts.account import Account
from stip.intake.accounts.rule import Rule

PERSONAL = Rule("personal_category", "persoonsgegeven in de soort", "Vraag de bron om die uit de laag te halen.")
FREE_TEXT = Rule("free_text", "hele tekst als soort", "Een soort is een woord of een paar woorden.")
SENSITIVE = Rule(
    "sensitive_category",
    "soort over herkomst of geloof, of over geld of werk van bewoners",
    "Dat wordt niet gebruikt.",
)
OWNER_KIND = Rule("owner_kind", "alleen het soort eigenaar bewaard", "Dit hoort zo; de naam is weggelaten.")

LIKE_NAME = Rule(
    "like_name",
    "soort die een naam of adres kan zijn, bij minder dan vijf dingen",
    "De soort is leeg gelaten; de plek telt mee.",
)

OWNER_KINDS = ("corporatie", "particulier", "gemeente", "onbekend")
"""What is kept of an owner."""

_ABOUT_OWNERS = re.compile(r"eigenaa?r|eigendom|bezitter|owner|landlord|verhuurder", re.I)
_OWNER_WORDS = (
    ("gemeente", re.compile(r"\bgemeente\b|^gem\.|\bmunicipal(?:ity)?\b|^city of\b", re.I)),
    ("corporatie", re.compile(r"corporatie|woningbouwvereniging|woningstichting|housing association|^wbv\b", re.I)),
    (
        "particulier",
        re.compile(r"particulier|priv[eé]\b|private?\b|natuurlijk persoon|\bvve\b|vereniging van eigena", re.I),
    ),
)
_TOO_MANY = ((40, 0.2), (12, 0.8))
"""More kinds than so many, and than such a share of the rows: then they are names."""
_LONGEST = 80
_FEW = 5


def tidy_categories(
    text: pd.Series[Any], *, about: tuple[str, ...], allow_means: bool, account: Account
) -> pd.Series[Any]:
    """Return categories that may be kept, and refuse in the account the rows whose category may not.

    What looks like a name or a house is left out where few things have it; the things stay.

    Parameters
    ----------
    text : Series of str, shape (n,)
        Missing where a thing has none.
    about : tuple of str
        Names of the layer and of the column; they tell whether owners are meant.
    allow_means : bool
        Whether income, house values and the like may be used.
    account : Account
        Of the same rows.

    Raises
    ------
    AgreementError
        When the column holds names or free text instead of a few kinds. No value is named.
    """
    told = find_any_personal(text)
    personal = find_personal(text).notna() | (told == "naam van een persoon").fillna(False)
    account.refuse(personal.to_numpy(bool), PERSONAL)
    account.refuse((text.str.len() > _LONGEST).fillna(False).to_numpy(bool), FREE_TEXT)
    if any(_ABOUT_OWNERS.search(name) for name in about):
        kinds = text.map(_owner_kind, na_action="ignore").astype("string")
        account.repair((kinds.str.casefold() != text.str.casefold()).fillna(False).to_numpy(bool), OWNER_KIND)
        return kinds
    # *SON-T 70* on all lamps is a kind and *Hooidrift 12* on one is somebody's door; no pattern tells them apart.
    rare = (text.map(text.value_counts()) < _FEW).fillna(False).to_numpy(bool)
    left_out = rare & (told.notna().to_numpy(bool) | looks_like_name(text)) & account.kept
    account.repair(left_out, LIKE_NAME)
    text = text.mask(left_out)
    unique = text.dropna().unique()
    filled = int(text.notna().sum())
    if any(len(unique) > kinds and len(unique) > share * filled for kinds, share in _TOO_MANY):
        raise AgreementError(
            f"De kolom ‘{about[-1]}’ heeft {len(unique)} verschillende waarden op {filled} rijen. Dat zijn namen of "
            "vrije tekst, geen soorten. Kies een andere kolom, of haal de rol category weg uit de afspraak."
        )
    refused = [value for value in unique if not _may_be_named(str(value), allow_means)]
    account.refuse(text.isin(refused).to_numpy(bool), SENSITIVE)
    return text.where(pd.Series(account.kept, index=text.index))


def _owner_kind(owner: str) -> str:
    plain = owner.strip().casefold()
    if plain in OWNER_KINDS:
        return plain
    return next((kind for kind, words in _OWNER_WORDS if words.search(owner)), "onbekend")


def _may_be_named(value: str, allow_means: bool) -> bool:
    try:
        check_features([value], allow_socio_economic=allow_means)
    except AgreementError:
        return False
    return True
