# SPDX-License-Identifier: EUPL-1.2
"""The entry for the Dutch Algoritmeregister, by its publication standard 1.0: fields, limits, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from stip.errors import SettingsError
from stip.publish.register.card import FILE, Card, Status
from stip.publish.register.facts import Facts
from stip.publish.register.fixed import WAITING
from stip.publish.register.named import filled
from stip.publish.register.sources import source_lines
from stip.words import harmless, number

_LONG, _LONGEST = 2500, 5000


class Grouping(BaseModel):
    """A title with an address, as the register groups them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str = Field(min_length=1)
    link: str


class RegisterEntry(BaseModel):
    """One algorithm in the Algoritmeregister; the names and limits are those of the publication standard 1.0."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: str = Field(min_length=1, max_length=100)
    description_short: str = Field(min_length=1, max_length=350)
    organization: str = Field(min_length=1)
    category: list[str]
    status: Literal["In ontwikkeling", "In gebruik", "Buiten gebruik"]
    begin_date: str = Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")
    contact_email: str = Field(min_length=3)
    publication_category: Literal["Impactvolle algoritmes"] = "Impactvolle algoritmes"
    goal: str = Field(min_length=1, max_length=_LONG)
    proportionality: str = Field(min_length=1, max_length=_LONG)
    human_intervention: str = Field(min_length=1, max_length=_LONG)
    risks: str = Field(min_length=1, max_length=_LONG)
    lawful_basis: str = Field(min_length=1, max_length=_LONG)
    lawful_basis_grouping: list[Grouping]
    process_index_url: str
    impacttoetsen_grouping: list[Grouping]
    source_data: str = Field(min_length=1, max_length=_LONGEST)
    source_data_grouping: list[Grouping]
    methods_and_models: str = Field(min_length=1, max_length=_LONGEST)
    provider: str
    publiccode: str
    lang: Literal["nld"] = "nld"
    standard_version: Literal["1.0"] = "1.0"
    source_id: str
    tags: str

    def to_json(self) -> str:
        """Return the entry as JSON text."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"

    def to_csv(self) -> str:
        """Return the entry as one row under its field names; a grouping is JSON text, a list has ``; `` between."""
        row = {name: harmless(_cell(value)) for name, value in self.model_dump(mode="json").items()}
        written = io.StringIO()
        writer = csv.DictWriter(written, fieldnames=list(row), lineterminator="\r\n")
        writer.writeheader()
        writer.writerow(row)
        return written.getvalue()


_TEXTS = ("goal", "proportionality", "human_intervention", "risks", "lawful_basis")
_WHERE = {
    "name": "algorithm.name",
    "description_short": "algorithm.description_short",
    "organization": "organisation.name",
    **{name: f"texts.{name}" for name in _TEXTS},
}


def entry_of(card: Card, facts: Facts) -> RegisterEntry:
    """Return the entry that a card and the facts make.

    Raises
    ------
    SettingsError
        When a text holds an unknown placeholder, or is too long: the message names field, length and limit. Nothing
        is ever cut.
    """
    algorithm = card.algorithm
    content: dict[str, Any] = {
        "name": name_of(card, facts),
        "description_short": _said(card, facts, "description_short"),
        "organization": card.organisation.name,
        "category": list(algorithm.category),
        "status": str(Status(algorithm.status)),
        "begin_date": algorithm.begin_date,
        "contact_email": card.organisation.contact_email,
        **{name: text_of(card, facts, name) for name in _TEXTS},
        "lawful_basis_grouping": [Grouping(title=each.title, link=each.link) for each in card.lawful_basis_links],
        "process_index_url": algorithm.process_index_url,
        "impacttoetsen_grouping": [Grouping(title=each.title, link=each.link) for each in card.impact_tests],
        "source_data": source_data(facts),
        "source_data_grouping": _source_links(card, facts),
        "methods_and_models": methods(facts),
        "provider": algorithm.provider,
        "publiccode": algorithm.publiccode,
        "source_id": algorithm.source_id,
        "tags": "; ".join(algorithm.tags),
    }
    try:
        return RegisterEntry.model_validate(content)
    except ValidationError as error:
        raise SettingsError(_in_dutch(error)) from None


def name_of(card: Card, facts: Facts) -> str:
    """Return the name of the algorithm with its placeholders filled."""
    return _said(card, facts, "name")


def text_of(card: Card, facts: Facts, name: str) -> str:
    """Return one of the texts of the card with its placeholders filled."""
    return filled(getattr(card.texts, name), facts.named, f"{FILE}, bij texts.{name}")


def source_data(facts: Facts) -> str:
    """Say which sources are used, for what and how long."""
    lines = [f"• {line}" for line in source_lines(facts.sources)]
    said = "\n".join(lines) or "Er is nog geen bron in gebruik."
    return (
        f"{said}\nVan een melding komen geen namen, adressen, verdachten, slachtoffers, kentekens of vrije tekst in "
        f"de werkmap. Een kolom die in geen afspraak staat, komt er niet in. {WAITING}"
    )


def methods(facts: Facts) -> str:
    """Say how is reckoned, what stands beside it, and how often it was right."""
    named = facts.text
    lines = [
        f"Elke week wordt per vak van {named('vak_meter')} berekend hoeveel meldingen te verwachten zijn. Het gaat "
        f"om: {named('soorten')}. Naast elke uitkomst staat een gewone telling: {named('telling')}.",
        *facts.formula,
        f"Er wordt geleerd van {named('leerweken')} weken. Kenmerken van de omgeving: {named('omgeving')}. Cijfers "
        f"over inkomen, werk of opleiding {named('inkomen_en_werk')}. Herkomst en nationaliteit worden altijd "
        "geweigerd.",
        f"In het weekplan wordt {named('loting')} van de plekken door loting gekozen, zodat ook te zien is wat er "
        "gebeurt waar de vooruitblik niet heen wijst.",
        f"Versie: {named('versie')}.",
    ]
    for row in facts.record:
        figures = ""
        if row["total"]:
            figures = (
                f" in {row['weeks']} vielen ongeveer {row['outlook']} van {row['total']} meldingen in de vakken "
                f"van de vooruitblik ({row['share']}; marge {row['low']} tot {row['high']}), en {row['baseline']} "
                "in die van de telling."
            )
        lines.append(f"{row['label']}:{figures} {row['conclusion']}")
    return "\n".join(lines)


def _said(card: Card, facts: Facts, name: str) -> str:
    return filled(getattr(card.algorithm, name), facts.named, f"{FILE}, bij algorithm.{name}")


def _source_links(card: Card, facts: Facts) -> list[Grouping]:
    known = [source.name for source in facts.sources]
    for name in card.source_links:
        if name not in known:
            raise SettingsError(
                f"{FILE}, bij source_links.{name}: die bron is niet in gebruik. Kies uit {', '.join(known)}."
            )
    titles = {source.name: source.agreement.title for source in facts.sources}
    return [Grouping(title=titles[name], link=link) for name, link in card.source_links.items()]


def _cell(value: Any) -> str:
    if isinstance(value, list):
        plain = all(isinstance(each, str) for each in value)
        return "; ".join(value) if plain else json.dumps(value, ensure_ascii=False)
    return str(value)


def _in_dutch(error: ValidationError) -> str:
    first = error.errors()[0]
    field = str(first["loc"][0])
    where = f"{FILE}, bij {_WHERE[field]}" if field in _WHERE else "de instellingen en afspraken"
    if first["type"] == "string_too_long":
        length, limit = len(str(first["input"])), first["ctx"]["max_length"]
        return (
            f"Algoritmeregister, veld {field}: de tekst telt {number(length)} tekens en het mogen er {number(limit)} "
            f"zijn. Maak haar korter; zij komt uit {where}. Stip kort nooit zelf iets in."
        )
    if first["type"] == "string_too_short":
        return f"Algoritmeregister, veld {field}: dit is leeg. Vul het in; het komt uit {where}."
    return f"Algoritmeregister, veld {field}: dit heeft niet de vorm die de standaard vraagt. Het komt uit {where}."
