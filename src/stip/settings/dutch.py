# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with an entry of a settings file, said in Dutch."""

from __future__ import annotations

import re
import reprlib
from tomllib import TOMLDecodeError

from pydantic_core import ErrorDetails

_PLACE = re.compile(r"at line (\d+), column (\d+)")
_ASKS = {
    "missing": "dit ontbreekt nog; vul het in",
    "extra_forbidden": "deze naam ken ik niet; kijk of er een tikfout in staat",
    "greater_than": "{value} is te klein; kies een getal boven {gt}",
    "greater_than_equal": "{value} is te klein; kies een getal van {ge} of hoger",
    "less_than": "{value} is te groot; kies een getal onder {lt}",
    "less_than_equal": "{value} is te groot; kies een getal van {le} of lager",
    "too_short": "hier staan {actual_length} waarden; het moeten er minstens {min_length} zijn",
    "too_long": "hier staan te veel waarden; het mogen er {max_length} zijn",
    "string_too_short": "dit is leeg; vul het in",
    "string_pattern_mismatch": "{value} heeft niet de vorm die hier hoort; de vorm is {pattern}",
    "enum": "{value} kan hier niet; kies {expected}",
    "literal_error": "{value} kan hier niet; kies {expected}",
}
_KINDS = {
    "bool": "‘true’ of ‘false’",
    "int": "een heel getal",
    "float": "een getal",
    "finite_number": "een getal",
    "string": "tekst tussen aanhalingstekens",
    "date": "een datum, zoals 2026-09-07",
    "datetime": "een datum met tijd, zoals 2026-09-07T12:00:00Z",
    "tuple": "een lijst, zoals [1, 2]",
    "list": "een lijst, zoals [1, 2]",
    "iterable": "een lijst, zoals [1, 2]",
    "dict": "een onderdeel met eigen regels",
    "mapping": "een onderdeel met eigen regels",
    "model": "een onderdeel met eigen regels",
}
_LONGEST = 60


def entry_in_dutch(error: ErrorDetails) -> str:
    """Return what is wrong with one entry, without a full stop."""
    kind = error["type"]
    if kind in ("value_error", "assertion_error"):
        return str(error["ctx"]["error"])
    given = error["input"]
    if isinstance(given, dict | list | tuple | set):
        given = reprlib.repr(given)  # however deep it is nested
    value = f"‘{str(given).lower() if isinstance(given, bool) else given}’"
    value = value if len(value) <= _LONGEST else "deze waarde"
    if kind in _ASKS:
        facts = {name: str(fact).replace(" or ", " of ") for name, fact in error.get("ctx", {}).items()}
        return _ASKS[kind].format(value=value, **facts)
    asked = next((words for name, words in _KINDS.items() if kind == name or kind.startswith(f"{name}_")), None)
    return f"{value} past hier niet; schrijf {asked}" if asked else f"{value} past hier niet"


def toml_in_dutch(error: TOMLDecodeError | UnicodeDecodeError) -> str:
    """Return where a file stops being TOML."""
    place = _PLACE.search(str(error))
    if place:
        return f"regel {place[1]}, teken {place[2]} is niet te begrijpen"
    if isinstance(error, UnicodeDecodeError):
        return "het is geen UTF-8-tekst"
    return "aan het einde gaat het mis; mist er een aanhalingsteken of haakje, of staat een naam er twee keer?"
