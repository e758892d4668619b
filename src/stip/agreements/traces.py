# SPDX-License-Identifier: EUPL-1.2
"""What personal data looks like in one text, in all the ways people write it.

Each test takes a text whose white space and dashes are tidied. Check digits and context keep ordinary numbers out;
where the two conflict a harmless number is refused rather than a person's number kept.
"""

from __future__ import annotations

import re

from stdnum import iban
from stdnum.nl import bsn

_SEP = r"[ .\-/]{0,3}"
_NEAR = 30  # characters within which a word says what a number is

BSN_ANY = re.compile(r"(?<![0-9])[0-9](?:[ .\-]{0,2}[0-9]){7,8}(?![0-9])")
_BSN_WORD = re.compile(r"\bbsn|burger ?service|\bsofi|sociaal[- ]fiscaal|persoonsnummer|\bb\.s\.n", re.I)


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


IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[ .\-]?[0-9][ .\-]?[0-9](?:[ .\-]?[A-Za-z0-9]){11,30}")


def holds_iban(text: str) -> bool:
    """Find an account number of any country with the right length and check digits."""
    for found in IBAN.finditer(text):
        letters = re.sub(r"[^A-Za-z0-9]", "", found.group()).upper()
        if any(iban.is_valid(letters[:length], check_country=False) for length in range(15, len(letters) + 1)):
            return True
    return False


_AT = r" ?(?:@|[(\[{<] ?at ?[)\]}>]|\bapenstaart(?:je)?\b) ?"
_DOT = r" ?(?:\.|[(\[{<] ?(?:dot|punt) ?[)\]}>]|\bpunt\b) ?"
_EMAIL = re.compile(rf"[\w.+'\-]{{1,64}}{_AT}(?:[\w\-]{{1,63}}{_DOT}){{1,5}}[^\W\d_]{{2,24}}", re.I)


def holds_email(text: str) -> bool:
    """Find an address with ``@``, or with the sign written out."""
    return _EMAIL.search(text) is not None


_PHONE_ABROAD = re.compile(
    r"(?<![0-9])(?:\+ ?\(?[1-9][0-9]{0,2}\)?(?:[ .\-/()]{0,4}[0-9]){6,12}"
    r"|00 ?[1-9][0-9]{0,2}(?:[ .\-/()]{1,4}[0-9](?:[ .\-/()]{0,4}[0-9]){5,11}|[0-9]{6,10}))(?![0-9])"
)
_PHONE_WHOLE = re.compile(r"(?<![0-9])(?<![0-9][.,])0[1-9][0-9]{8}(?![0-9])")
_PHONE_MOBILE = re.compile(rf"(?<![0-9])\(?06\)?(?:{_SEP}[0-9]){{8}}(?![0-9])")
_PHONE_AREA = re.compile(
    r"(?<![0-9])(?<![0-9][.,])\(?(0[1-57-9][0-9]{1,2})\)?[ .\-/]{1,3}([0-9](?:[ .\-]?[0-9]){5,6})(?![0-9])"
)
_PHONE_WORD = re.compile(
    r"\b(?:tel|telefoon|telnr|telefoonnummer|mob|mobiel|gsm|bel|bellen|belt|phone|whatsapp)\b"
    r"[^0-9+]{0,12}[0-9](?:[ .\-]{0,2}[0-9]){5,11}(?![0-9])",
    re.I,
)
_MOMENT = re.compile(r"\(?06[ .\-/](?:0[1-9]|1[0-2])[ .\-/](?:19|20)[0-9]{2} [0-9]{2}$")
PHONES = (_PHONE_ABROAD, _PHONE_WHOLE, _PHONE_MOBILE, _PHONE_AREA, _PHONE_WORD)


def holds_phone(text: str) -> bool:
    """Find a Dutch or foreign number; a local one without area code only where the words say so."""
    if _PHONE_ABROAD.search(text) or _PHONE_WHOLE.search(text) or _PHONE_WORD.search(text):
        return True
    for found in _PHONE_AREA.finditer(text):
        if len(re.sub(r"[^0-9]", "", found.group())) == 10:
            return True
    for found in _PHONE_MOBILE.finditer(text):
        moment = _MOMENT.match(found.group()) and re.match(r"[:.][0-9]{2}| ?uur", text[found.end() :])
        if not moment:
            return True
    return False


_SIDECODES = (  # series of the Dutch vehicle authority (RDW), 1 to 14: L a letter, 9 a digit
    *("LL-99-99", "99-99-LL", "99-LL-99", "LL-99-LL", "LL-LL-99", "99-LL-LL", "99-LLL-9"),
    *("9-LLL-99", "LL-999-L", "L-999-LL", "LLL-99-L", "L-99-LLL", "9-LL-999", "999-LL-9"),
)
_PLATE_GROUPS = "|".join(
    "[ .\\-]?".join("".join("[A-Za-z]" if sign == "L" else "[0-9]" for sign in group) for group in code.split("-"))
    for code in _SIDECODES
)
PLATE = re.compile(rf"(?<![0-9A-Za-z])(?<![0-9A-Za-z]-)(?:{_PLATE_GROUPS})(?![0-9A-Za-z])(?!-[0-9A-Za-z])")
_PLATE_WORD = re.compile(r"kenteken|\bkent\.|nummerplaat|\bplaat\b|\bauto\b|voertuig|\bplate\b", re.I)
_VOWEL = re.compile(r"[aeiou]", re.I)
_MONTHS = frozenset(("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"))
_UNITS = frozenset(  # and codes of places, that would fit a plate
    ("km", "kg", "cm", "mm", "nr", "st", "dd", "vs", "pk", "gr", "ltr", "bu", "gm", "wk", "pv", "pc")
)


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
    # Run together, or with one space: only series without vowels, and never a postcode.
    return signs in ("", " ") and not _VOWEL.search(plate) and not re.fullmatch(r"[0-9]{4} ?[A-Za-z]{2}", plate)


_POSTCODE = r"(?<![0-9A-Za-z])([1-9][0-9]{3} {0,3}(?!SA|SD|SS)[A-Z]{2})"
POSTCODE = re.compile(_POSTCODE, re.I)
_NUMBER_WORD = r"(?:huisnummer|huisnr|nummer|hnr|num|nr|no)"
_HOUSE = (
    re.compile(rf"{_POSTCODE}[^0-9A-Za-z]{{0,4}}{_NUMBER_WORD}?[^0-9A-Za-z]{{0,4}}[0-9]{{1,5}}(?![0-9])", re.I),
    re.compile(rf"{_POSTCODE}(?![0-9A-Za-z]).{{0,40}}\b{_NUMBER_WORD}\b[.:]{{0,2}} ?[0-9]", re.I),
    re.compile(
        rf"(?<![0-9])[0-9]{{1,5}}(?:[ \-/]?[0-9A-Za-z]{{1,4}})?[^0-9A-Za-z]{{1,4}}{_POSTCODE}(?![0-9A-Za-z])", re.I
    ),
)
_SMALL_WORDS = frozenset(
    ("en", "in", "op", "is", "of", "om", "te", "er", "we", "ze", "ik", "al", "na", "af", "je", "me", "nu", "zo")
    + ("de", "ca", "nr", "mm", "cm", "km", "kg", "st", "jr", "ha")
)


def holds_postcode_address(text: str) -> bool:
    """Find a postcode with a house number before or after it: together they are one front door."""
    return any(not _is_year_and_word(found.group(1)) for way in _HOUSE for found in way.finditer(text))


def _is_year_and_word(postcode: str) -> bool:
    """Tell ``2017 en`` from a postcode."""
    return " " in postcode and postcode[-2:] in _SMALL_WORDS


_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:(?:19|20)[0-9]{2}|'?[0-9]{2})"
_MONTH_NAME = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mrt|maart|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept?(?:ember)?|okt(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|january|february|march|may|june|july|august|october)"
)
_DATE = "|".join(
    (
        rf"{_DAY}[ .\-/]{{1,3}}{_MONTH}[ .\-/]{{1,3}}{_YEAR}",
        rf"(?:19|20)[0-9]{{2}}[ .\-/]{_MONTH}[ .\-/]{_DAY}",
        rf"{_DAY}[ .\-/]{{0,2}}{_MONTH_NAME}\.?[ .\-/]{{0,2}}{_YEAR}",
        r"(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])(?:19|20)[0-9]{2}",
        r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])",
    )
)
_BORN = (
    r"(?:\bgeb\b\.?|geboren|geboorte ?dat(?:um|a)|geb[.\- ]{0,2}dat(?:um)?\b\.?|\bgebdat|geboortedag"
    r"|\bdob\b|\bd\.o\.b|birth ?date|birthday|date of birth|\bborn\b)"
)
BIRTH = re.compile(
    rf"{_BORN}[^0-9']{{0,40}}(?:{_DATE})(?![0-9])|(?<![0-9])(?:{_DATE})[^0-9A-Za-z]{{0,6}}{_BORN}", re.I
)


def holds_birth_date(text: str) -> bool:
    """Find a date with a word that says somebody was born then."""
    return BIRTH.search(text) is not None


CASE = re.compile(
    r"(?<![A-Za-z0-9])pl ?[0-9]{2}[0-9a-z]{2}[ _\-/.]{0,3}(?:bvh[ _\-/.]{0,3})?x?[0-9]{6,14}"
    r"|(?:\bbvh|mutatie|\bpv|proces ?-?verbaal|zaak|registratie|aangifte|dossier|parket)[ \-_]?(?:nummer|nrs?|num)?"
    r"[ .:#\-_/]{0,4}(?:nummer|nr\.?)?[ .:#\-_/]{0,3}(?:(?:19|20)[0-9]{2}[ .\-/]?[0-9]{4,10}|[0-9]{8,14})(?![0-9])"
    r"|(?<![0-9])[0-9]{2}/[0-9]{6}-[0-9]{2}(?![0-9])",  # of the public prosecutor
    re.I,
)


def holds_case_number(text: str) -> bool:
    """Find the number of a police or court case."""
    return CASE.search(text) is not None


STREET_ENDS = "straat|str\\.|laan|plein|gracht|kade|singel|dreef|steeg|plantsoen|dijk|hof|weg|pad|markt|park"
_NUMBER = r"[ ,]{1,4}(?:nr\.? ?|nummer |huisnummer )?[0-9]{1,4} ?[A-Za-z]?(?![0-9A-Za-z])"
_STREET = re.compile(rf"[^\W\d_]{{3,}}(?:{STREET_ENDS}){_NUMBER}", re.I)
_STREET_OF_TWO_WORDS = re.compile(  # Oude Gracht 114, Grote Markt 1
    rf"[A-Z][\w']+ (?:{'|'.join(end.capitalize() for end in STREET_ENDS.split('|'))}){_NUMBER}"
)


def holds_street_address(text: str) -> bool:
    """Find a street with a house number."""
    return _STREET.search(text) is not None or _STREET_OF_TWO_WORDS.search(text) is not None
