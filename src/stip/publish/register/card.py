# SPDX-License-Identifier: EUPL-1.2
"""``card.toml``: what only the municipality itself can say of its use of Stip. All that can be known is not in it."""

from __future__ import annotations

import re
from enum import StrEnum
from importlib import resources
from pathlib import Path

import pandas as pd
from pydantic import Field, field_validator

from stip.agreements import find_personal
from stip.errors import SettingsError
from stip.settings import Frozen, read_toml
from stip.store import Workspace, write_text

FILE = "card.toml"
_MAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_UNFILLED = "VUL IN"


class Status(StrEnum):
    """How far the use is, in the words of the Algoritmeregister."""

    DEVELOPING = "In ontwikkeling"
    IN_USE = "In gebruik"
    OUT_OF_USE = "Buiten gebruik"


class _Part(Frozen):
    """A part of the card: each text is filled in, and each address is one."""

    @field_validator("*")
    @classmethod
    def _filled(cls, value: object) -> object:
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, str) and text.strip().startswith(_UNFILLED):
                raise ValueError("dit is nog niet ingevuld; schrijf hier de tekst van uw gemeente")
        return value


def _address(text: str) -> str:
    if text and not _ADDRESS.fullmatch(text):
        raise ValueError("dit is geen webadres; schrijf bijvoorbeeld https://www.stad.nl/algoritmes")
    return text


class Reference(_Part):
    """A title with the address where it can be read.

    Attributes
    ----------
    title, link : str
    """

    title: str = Field(min_length=1)
    link: str = ""

    @field_validator("link")
    @classmethod
    def _is_address(cls, text: str) -> str:
        return _address(text)


class Organisation(_Part):
    """Who answers for it.

    Attributes
    ----------
    name : str
        As the Algoritmeregister knows the organisation: “Gemeente Stipdam”.
    contact_email : str
        A mailbox of a department, never of a person.
    controller : str
        Who decides: “het college van burgemeester en wethouders”.
    privacy_officer : str
        How the privacy officer (FG) can be reached: a function and a mailbox, never a name.
    objections_url, privacy_url : str
        Page for objections and questions; page with the privacy statement.
    """

    name: str = Field(min_length=1)
    contact_email: str
    controller: str = Field(min_length=1)
    privacy_officer: str = Field(min_length=1)
    objections_url: str = ""
    privacy_url: str = ""

    @field_validator("contact_email")
    @classmethod
    def _is_mail(cls, text: str) -> str:
        if not _MAIL.fullmatch(text):
            raise ValueError("dit is geen e-mailadres; schrijf het postvak van een afdeling: veiligheid@stad.nl")
        return text

    @field_validator("objections_url", "privacy_url")
    @classmethod
    def _is_address(cls, text: str) -> str:
        return _address(text)


class Algorithm(_Part):
    """How it stands in the register.

    Attributes
    ----------
    name, description_short : str
    status : Status
    begin_date : str
        Month in which the use began: ``2026-09``.
    category : tuple of str
        Themes of the register.
    provider, publiccode, process_index_url, source_id : str
        Who made it, where its source is, the entry in the register of processing, the town's own number for it.
    tags : tuple of str
    """

    name: str = Field(min_length=1)
    description_short: str = Field(min_length=1)
    status: Status
    begin_date: str
    category: tuple[str, ...] = ("Openbare orde en veiligheid",)
    provider: str = Field(min_length=1)
    publiccode: str = ""
    process_index_url: str = ""
    source_id: str = ""
    tags: tuple[str, ...] = ()

    @field_validator("begin_date")
    @classmethod
    def _is_month(cls, text: str) -> str:
        if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
            raise ValueError(f"‘{text}’ is geen maand; schrijf jaar en maand, zoals 2026-09")
        return text

    @field_validator("publiccode", "process_index_url")
    @classmethod
    def _is_address(cls, text: str) -> str:
        return _address(text)


class Texts(_Part):
    """The texts in the municipality's own words; each may hold placeholders, such as ``{bewaartermijn}``.

    Attributes
    ----------
    goal, proportionality, human_intervention, risks, lawful_basis : str
        As the Algoritmeregister asks.
    why_now : str
        What was the matter, and why this answer to it.
    alternatives : str
        What else was looked at, and why that was not enough.
    interests : str
        What is in it for the town, and for the people who live there.
    public_values : str
        Which public values are served, and which come under pressure.
    talked_with : str
        With whom it was talked over: council, residents, police, works council.
    """

    goal: str = Field(min_length=1)
    proportionality: str = Field(min_length=1)
    human_intervention: str = Field(min_length=1)
    risks: str = Field(min_length=1)
    lawful_basis: str = Field(min_length=1)
    why_now: str = Field(min_length=1)
    alternatives: str = Field(min_length=1)
    interests: str = Field(min_length=1)
    public_values: str = Field(min_length=1)
    talked_with: str = Field(min_length=1)


class Card(Frozen):
    """The whole card.

    Attributes
    ----------
    organisation : Organisation
    algorithm : Algorithm
    texts : Texts
    lawful_basis_links, impact_tests : tuple of Reference
        Laws that it rests on; impact tests that were done, with where they can be read.
    source_links : dict of str to str
        By the name of an agreement: where that source is described.
    """

    organisation: Organisation
    algorithm: Algorithm
    texts: Texts
    lawful_basis_links: tuple[Reference, ...] = ()
    impact_tests: tuple[Reference, ...] = ()
    source_links: dict[str, str] = Field(default_factory=dict)

    @field_validator("source_links")
    @classmethod
    def _are_addresses(cls, links: dict[str, str]) -> dict[str, str]:
        return {source: _address(link) for source, link in links.items()}


def card_path(workspace: Workspace) -> Path:
    """Return where the card of a workspace is."""
    return workspace.root / FILE


def empty_card() -> str:
    """Return the text of a card to fill in, with an explanation at each question."""
    return (resources.files("stip.publish.register") / "data" / FILE).read_text(encoding="utf-8")


def write_empty_card(workspace: Workspace) -> bool:
    """Write a card to fill in where there is none; return whether it was written."""
    if card_path(workspace).exists():
        return False
    with workspace.writing():
        write_text(card_path(workspace), empty_card())
    return True


def read_card(workspace: Workspace) -> Card:
    """Read the card of a workspace.

    Raises
    ------
    SettingsError
        When there is none, it does not fit, is not filled in, or seems to name a person.
    """
    path = card_path(workspace)
    if not path.is_file():
        raise SettingsError(f"Er is nog geen {FILE}. ‘stip publish register’ zet er een klaar om in te vullen.")
    card = read_toml(path, Card)
    texts = pd.Series(dict(card.texts), dtype="string")
    found = find_personal(texts).dropna()
    if len(found):
        raise SettingsError(
            f"{FILE}, bij texts.{found.index[0]}: hier lijkt iets over een persoon te staan ({found.iloc[0]}). "
            "Schrijf een functie of afdeling; het register is openbaar."
        )
    return card
