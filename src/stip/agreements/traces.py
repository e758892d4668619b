# SPDX-License-Identifier: EUPL-1.2
"""What personal data looks like in one text, in all the ways people write it.

The patterns and lists stand in ``traces.json``: the phone reads the same file, so that what is refused there and what
is refused here cannot drift apart. What is worked out, such as check digits, is written once here and once in
``frontend/src/street/gate``; ``tests/agreements/trace_cases.json`` holds both to the same answers.

Each test takes a text whose white space and dashes are tidied. Check digits and context keep ordinary numbers out;
where the two conflict a harmless number is refused rather than a person's number kept.
"""

from __future__ import annotations

import re

from stdnum import iban
from stdnum.nl import bsn

from stip.agreements.patterns import TRACES, part, pattern

_NEAR = TRACES.near

BSN_ANY = pattern("bsn")
_BSN_WORD = pattern("bsn_word")


def holds_bsn(text: str) -> bool:
    """Find nine digits that pass the 11-proof and stand alone; spaced or eight digits where the words say so."""
    for found in BSN_ANY.finditer(text):
        number = found.group()
        around = text[max(0, found.start() - 1) : found.start()] + text[found.end() : found.end() + 1]
        alone = len(number) == 9 and number.isdigit() and not any(sign.isalpha() for sign in around)
        whole = number == text.strip() and sum(sign.isdigit() for sign in number) == 9
        near = text[max(0, found.start() - _NEAR) : found.end() + _NEAR]
        if (alone or whole or _BSN_WORD.search(near)) and bsn.is_valid(number):
            return True
    return False


IBAN = pattern("iban")


def holds_iban(text: str) -> bool:
    """Find an account number of any country with the right length and check digits."""
    for found in IBAN.finditer(text):
        letters = re.sub(r"[^A-Za-z0-9]", "", found.group()).upper()
        if any(iban.is_valid(letters[:length], check_country=False) for length in range(15, len(letters) + 1)):
            return True
    return False


_EMAIL = pattern("email")


def holds_email(text: str) -> bool:
    """Find an address with ``@``, or with the sign written out."""
    return _EMAIL.search(text) is not None


_PHONE_ABROAD = pattern("phone_abroad")
_PHONE_WHOLE = pattern("phone_whole")
_PHONE_MOBILE = pattern("phone_mobile")
_PHONE_AREA = pattern("phone_area")
_PHONE_WORD = pattern("phone_word")
_MOMENT = pattern("moment")
_HOUR = pattern("hour")
PHONES = (_PHONE_ABROAD, _PHONE_WHOLE, _PHONE_MOBILE, _PHONE_AREA, _PHONE_WORD)


def holds_phone(text: str) -> bool:
    """Find a Dutch or foreign number; a local one without area code only where the words say so."""
    if _PHONE_ABROAD.search(text) or _PHONE_WHOLE.search(text) or _PHONE_WORD.search(text):
        return True
    for found in _PHONE_AREA.finditer(text):
        if len(re.sub(r"[^0-9]", "", found.group())) == 10:
            return True
    for found in _PHONE_MOBILE.finditer(text):
        moment = _MOMENT.match(found.group()) and _HOUR.match(text[found.end() :])
        if not moment:
            return True
    return False


_SIDECODES = TRACES.plate_series  # of the Dutch vehicle authority (RDW), 1 to 14, and Belgian: L a letter, 9 a digit
_PLATE_GROUPS = "|".join(
    "[ .\\-]?".join("".join("[A-Za-z]" if sign == "L" else "[0-9]" for sign in group) for group in code.split("-"))
    for code in _SIDECODES
)
PLATE = re.compile(rf"(?<![0-9A-Za-z])(?<![0-9A-Za-z]-)(?:{_PLATE_GROUPS})(?![0-9A-Za-z])(?!-[0-9A-Za-z])")
_PLATE_WORD = pattern("plate_word")
_VOWEL = pattern("vowel")
_MONTHS = frozenset(TRACES.months)
_WORDS = frozenset(TRACES.plate_words) | frozenset(TRACES.small_words)
_UNITS = frozenset(TRACES.units)  # and codes of places, that would fit a plate


def holds_plate(text: str) -> bool:
    """Find a licence plate of any Dutch series; without dashes only what cannot be words or a postcode."""
    return any(_is_plate(found.group(), text, found.start()) for found in PLATE.finditer(text))


def _is_plate(plate: str, text: str, start: int) -> bool:
    near = text[max(0, start - _NEAR) : start + len(plate) + _NEAR]
    if _PLATE_WORD.search(near):
        return True
    letters = re.sub(r"[^A-Za-z]", "", plate)
    groups = re.findall(r"[a-z]+", plate.casefold())
    if not _MONTHS.isdisjoint(groups) or letters not in (letters.upper(), letters.lower()):
        return False
    signs = re.sub(r"[0-9A-Za-z]", "", plate)
    if signs in ("--", ".."):
        return True
    if not _UNITS.isdisjoint(groups):
        return False
    if signs in ("  ", "-"):
        return letters.isupper() or not _VOWEL.search(plate)
    if signs not in ("", " ") or re.fullmatch(r"[0-9]{4} ?[A-Za-z]{2}", plate):  # a postcode is none
        return False
    return not _VOWEL.search(plate) or (signs == "" and _is_old_plate(plate, groups))


def _is_old_plate(plate: str, groups: list[str]) -> bool:
    """Tell a plate run together that has vowels, as those of before 1978, from words and figures: *8tot12*."""
    if not _WORDS.isdisjoint(groups) or any(len(group) > 3 for group in groups):
        return False
    return plate.isupper() or re.fullmatch(r"[a-z]+[0-9]+", plate) is None


POSTCODE = pattern("postcode")
_HOUSE = (pattern("house_behind"), pattern("house_further"), pattern("house_before"))
_SMALL_WORDS = frozenset(TRACES.small_words)


def holds_postcode_address(text: str) -> bool:
    """Find a postcode with a house number before or after it: together they are one front door."""
    return any(not _is_year_and_word(found.group(1)) for way in _HOUSE for found in way.finditer(text))


def _is_year_and_word(postcode: str) -> bool:
    """Tell ``2017 en`` from a postcode."""
    return " " in postcode and postcode[-2:] in _SMALL_WORDS


BIRTH = pattern("birth")


def holds_birth_date(text: str) -> bool:
    """Find a date with a word that says somebody was born then."""
    return BIRTH.search(text) is not None


CASE = pattern("case")


def holds_case_number(text: str) -> bool:
    """Find the number of a police or court case."""
    return CASE.search(text) is not None


STREET_ENDS = part("street_ends")
_STREET = pattern("street")
_STREET_OF_TWO_WORDS = pattern("street_of_two_words")  # Oude Gracht 114, Grote Markt 1
_STREET_ALONE = pattern("street_alone")  # singel 40, in whatever letters; *plein 5 fietsen* is none
_STREET_OF = pattern("street_of")  # laan van meerdervoort 12
_HOUSE_WORD = pattern("house_word")  # huisnummer 12, whatever stands around it
_NUMBER_OF_STREET = pattern("number_of_street")  # nummer 12 van de merelstraat; *nummer 3 van de lijst* is none
_STREETS = (_STREET, _STREET_OF_TWO_WORDS, _STREET_ALONE, _STREET_OF, _HOUSE_WORD, _NUMBER_OF_STREET)
STREET_WORDS = part("street_words")


def holds_street_address(text: str) -> bool:
    """Find a street with a house number."""
    return any(way.search(text) for way in _STREETS)


_NAMED = (pattern("named"), pattern("named_plainly"))


def names_someone(text: str) -> bool:
    """Find a name behind a title, *dhr. jansen*; a name that stands alone is not found."""
    return any(way.search(text) for way in _NAMED)


_NUMBERED = (pattern("address"), pattern("number_of_name"))


def holds_numbered_name(text: str) -> bool:
    """Find a capitalised word with a number, *Singel 40*, unless the word or what is counted says otherwise."""
    return any(way.search(text) for way in _NUMBERED)
