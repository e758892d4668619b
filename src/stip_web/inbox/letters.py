# SPDX-License-Identifier: EUPL-1.2
"""What a citizen sends, such as a question or a request about own data, with a number that he can keep."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import date, datetime
from enum import StrEnum

from pydantic import AwareDatetime, Field, ValidationError

from stip.settings import Frozen

_SIGNS = "23456789BCDFGHJKLMNPQRSTVWXZ"  # none that looks like another, and no vowels, so that it spells no word
_PART = 4
NUMBER = rf"[{_SIGNS}]{{{_PART}}}-[{_SIGNS}]{{{_PART}}}"
"""Pattern of a number."""
MOST_SIGNS = 4000
"""Of the text."""


class Kind(StrEnum):
    """What a message is; the value is kept, the label is what people read."""

    QUESTION = "question"
    OBJECTION = "objection"
    REQUEST = "request"
    ERROR = "error"

    @property
    def label(self) -> str:
        """As people read it."""
        return _LABELS[self]

    @property
    def short(self) -> str:
        """In one word, for a list."""
        return _SHORT[self]

    @property
    def is_right(self) -> bool:
        """Whether it calls on a right of the GDPR (articles 15 to 21): the answer is then a decision."""
        return self in (Kind.OBJECTION, Kind.REQUEST)


_LABELS = {
    Kind.QUESTION: "Een vraag",
    Kind.OBJECTION: "Een bezwaar tegen het gebruik van gegevens",
    Kind.REQUEST: "Gegevens inzien, verbeteren of laten wissen",
    Kind.ERROR: "Een fout in cijfers of tekst",
}
_SHORT = {Kind.QUESTION: "Vraag", Kind.OBJECTION: "Bezwaar", Kind.REQUEST: "Verzoek", Kind.ERROR: "Fout"}


class Letter(Frozen):
    """One message.

    Attributes
    ----------
    number : str
        Drawn at random; it says nothing about who sent it.
    kind : Kind
    text : str
    name, email : str
        For an answer; may be empty.
    sent_at : aware datetime
    answer_by : date
        The last day of the term that was promised.
    """

    number: str = Field(pattern=f"^{NUMBER}$")
    kind: Kind
    text: str = Field(min_length=1, max_length=MOST_SIGNS, repr=False)
    name: str = Field(default="", max_length=100, repr=False)
    email: str = Field(default="", max_length=254, repr=False)
    sent_at: AwareDatetime
    answer_by: date

    def as_bytes(self) -> bytes:
        """Write it down, filled up so that its length does not tell how much was written."""
        return filled_up(self.model_dump_json().encode())


_BLOCK = 4096


def filled_up(plain: bytes) -> bytes:
    """Add spaces, so that the length does not tell how much was written."""
    return plain + b" " * (-len(plain) % _BLOCK)


def read_letter(plain: bytes) -> Letter | None:
    """Read what `Letter.as_bytes` wrote; None when it is no letter. Why is not told: it may be personal."""
    try:
        return Letter.model_validate_json(plain)
    except ValidationError:
        return None


def new_number() -> str:
    """Draw a number such as ``7KQ4-M2XP``."""
    return _spelled(secrets.randbelow(len(_SIGNS) ** (2 * _PART)))


def number_of(form: str, said: tuple[str, ...], key: bytes) -> str:
    """Give the number of what is sent with one form: the same words get the same number, other words another.

    Parameters
    ----------
    form : str
        What was drawn for the form, such as by `secrets.token_hex`.
    said : tuple of str
        What was filled in.
    key : bytes
        Of this server: without it nobody can tell from a number what was written.
    """
    parts = (part.encode() for part in (form, *said))
    whole = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    drawn = int.from_bytes(hmac.digest(key, whole, hashlib.sha256), "big")
    return _spelled(drawn % len(_SIGNS) ** (2 * _PART))


def _spelled(drawn: int) -> str:
    signs = ""
    for _ in range(2 * _PART):
        drawn, sign = divmod(drawn, len(_SIGNS))
        signs += _SIGNS[sign]
    return f"{signs[:_PART]}-{signs[_PART:]}"


def sent(kind: Kind, text: str, *, name: str, email: str, at: datetime, answer_by: date, number: str = "") -> Letter:
    """Make a letter; with a number of its own when none is given."""
    return Letter(
        number=number or new_number(),
        kind=kind,
        text=text,
        name=name,
        email=email,
        sent_at=at,
        answer_by=answer_by,
    )
