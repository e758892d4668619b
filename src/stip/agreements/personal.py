# SPDX-License-Identifier: EUPL-1.2
"""Finding personal data in kept text: numbers, addresses and dates that point at a person.

Names of people are found behind a title only: no pattern tells *Bakker* the person from *Bakker* the shop. So text is
kept only where an agreement declares it, and free text is declared nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from stip.agreements import traces
from stip.agreements.patterns import TRACES


@dataclass(frozen=True)
class PersonalKind:
    """One kind of personal data.

    Attributes
    ----------
    name : str
        What it is called in reports.
    likely : str
        RE2 pattern that every text with this kind matches; most other texts do not.
    found_in : callable
        Tells for one tidied text whether it holds this kind.
    """

    name: str
    likely: str
    found_in: Callable[[str], bool]


def _for_re2(*patterns: re.Pattern[str]) -> str:
    """Write patterns for RE2, which cannot look around: it matches the neighbour instead, or else more."""
    written = []
    for pattern in patterns:
        text = re.sub(r"\(\?<!\[([^\]]+)\]\)", r"(?:^|[^\1])", pattern.pattern)
        text = re.sub(r"\(\?!\[([^\]]+)\]\)", r"(?:$|[^\1])", text)
        written.append(f"(?i:{re.sub(r'[(][?]<?[!=][^()]*[)]', '', text)})")
    return "|".join(written)


_NUMBER_WORDS = r"(?i:huis|hnr|n(?:umme)?rs?[. #0-9]|\bno[. #0-9])"
_STREET_LIKELY = rf"(?i:{traces.STREET_ENDS}|{traces.STREET_WORDS})[^0-9]{{0,60}}[0-9]|{_NUMBER_WORDS}"
_EMAIL_LIKELY = r"(?i)@|[(\[{<] ?at ?[)\]}>]|apenst"
_CLUE = rf"[0-9]|{_EMAIL_LIKELY}"  # without one of these no text holds any of the kinds
_NAMED_LIKELY = r"(?i:heer|meneer|\bhr\b|\bdhr|\bmevr|\bmw|\bmej|familie|\bfam)"
_NUMBERED_LIKELY = rf"\p{{Lu}}[\pL\pN_'-]*\pL(?:,? (?i:nr\.?|no\.?|nummer)? ?#? ?|#)[1-9]|{_NUMBER_WORDS}"
_NAME_ALONE = (
    r"^ ?(?:\p{Lu}[\p{Ll}'-]+|(?:\p{Lu}\. ?)+)(?: ?(?:van|de|der|den|ten|ter|te|'t))*(?: ?\p{Lu}[\p{Ll}'-]+)+ ?$"
)

PERSONAL_KINDS = (
    PersonalKind("burgerservicenummer", _for_re2(traces.BSN_ANY), traces.holds_bsn),
    PersonalKind("bankrekening", _for_re2(traces.IBAN), traces.holds_iban),
    PersonalKind("e-mailadres", _EMAIL_LIKELY, traces.holds_email),
    PersonalKind("zaaknummer", _for_re2(traces.CASE), traces.holds_case_number),
    PersonalKind("geboortedatum", _for_re2(traces.BIRTH), traces.holds_birth_date),
    PersonalKind("telefoonnummer", _for_re2(*traces.PHONES), traces.holds_phone),
    PersonalKind("postcode met huisnummer", _for_re2(traces.POSTCODE), traces.holds_postcode_address),
    PersonalKind("kenteken", _for_re2(traces.PLATE), traces.holds_plate),
    PersonalKind("adres", _STREET_LIKELY, traces.holds_street_address),
)
"""What is looked for, in the order in which a text that holds several is named."""

_ANY_KINDS = (
    PersonalKind("naam van een persoon", _NAMED_LIKELY, traces.names_someone),
    *PERSONAL_KINDS,
    PersonalKind("adres", _NUMBERED_LIKELY, traces.holds_numbered_name),
)


def find_personal(text: pd.Series) -> pd.Series:
    """Say for each text which kind of personal data it holds.

    Parameters
    ----------
    text : Series of str
        May hold missing values.

    Returns
    -------
    Series of str on the same index
        Name of the first of `PERSONAL_KINDS` that was found, missing when none was.
    """
    return _find(text, PERSONAL_KINDS, _CLUE)


def find_any_personal(text: pd.Series) -> pd.Series:
    """Say the same for what people write themselves; names behind a title and *Singel 40* are found too.

    For names of areas, codes and addresses this is too much: *Kanaleneiland 2* is a quarter of a town.
    """
    return _find(text, _ANY_KINDS, rf"{_CLUE}|{_NAMED_LIKELY}")


def looks_like_name(text: pd.Series) -> np.ndarray:
    """Tell which texts are nothing but capitalised words, as *Jan Jansen* and *J. de Vries*; a shop can too."""
    texts = _tidy(pa.array(text.astype("string").to_numpy(dtype=object), pa.string(), from_pandas=True))
    found: np.ndarray = pc.match_substring_regex(texts, _NAME_ALONE).fill_null(False).to_numpy(zero_copy_only=False)
    return found


def personal_in(text: str) -> str | None:
    """Name the kind of personal data in a sentence about the work, None when there is none."""
    found = find_any_personal(pd.Series([text], dtype="string")).iloc[0]
    return None if pd.isna(found) else str(found)


def _find(text: pd.Series, kinds: tuple[PersonalKind, ...], clue: str) -> pd.Series:
    codes, unique = pd.factorize(text.astype("string"))
    texts = _tidy(pa.array(unique.to_numpy(dtype=object), pa.string(), from_pandas=True))
    named = np.full(len(texts) + 1, None, dtype=object)  # a missing text has code -1: the last
    open_places = _places(texts, clue)
    for kind in kinds:
        left = texts.take(open_places)
        likely = open_places.filter(pc.match_substring_regex(left, kind.likely))
        hits = [
            place
            for place, value in zip(likely.to_pylist(), texts.take(likely).to_pylist(), strict=True)
            if kind.found_in(value)
        ]
        if hits:
            named[hits] = kind.name
            open_places = open_places.filter(pc.invert(pc.is_in(open_places, pa.array(hits, pa.int64()))))
    return pd.Series(pd.array(named[codes], dtype="string"), index=text.index, name=text.name)


def _places(texts: pa.Array, pattern: str) -> pa.Array:
    matches = pc.match_substring_regex(texts, pattern)
    return pc.indices_nonzero(matches).cast(pa.int64())


def _tidy(texts: pa.Array) -> pa.Array:
    """Make ways of writing alike: full-width digits, odd spaces and dashes, invisible characters."""
    texts = pc.utf8_normalize(texts, form="NFKC")
    texts = pc.replace_substring_regex(texts, f"[{TRACES.invisible}]", "")
    texts = pc.replace_substring_regex(texts, f"[{TRACES.dashes}]", "-")
    return pc.replace_substring_regex(texts, r"\s+", " ")
