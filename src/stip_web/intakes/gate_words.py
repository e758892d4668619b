# SPDX-License-Identifier: EUPL-1.2
"""What the gate does with a column, in words that a privacy officer can judge; never with a value of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from stip.agreements import Agreement, Role
from stip.settings import Settings
from stip.words import number
from stip_web.intakes.headings import ROLE_WORDS
from stip_web.intakes.models import Upload

DROPPED, HASHED, BLURRED, KEPT = "weggelaten", "vervangen door een code", "grover gemaakt", "komt binnen"


@dataclass(frozen=True)
class Fate:
    """What becomes of one column.

    Attributes
    ----------
    heading : str
    before, after : str
        What it is in the file, and what is left of it.
    how : str
        `DROPPED`, `HASHED`, `BLURRED` or `KEPT`.
    """

    heading: str
    before: str
    after: str
    how: str


def what_becomes(role: Role, agreement: Agreement, settings: Settings) -> tuple[str, str]:
    """Say what is left of a column with this role, and how much it was changed."""
    square = number(agreement.precision_m)
    hours = number(settings.intake.window_cap_hours)
    types = len(settings.crime_types)
    said = {
        Role.INCIDENT_ID: (
            "Een code waaruit het nummer niet terug te rekenen is zonder de sleutel. Het nummer zelf blijft nergens.",
            HASHED,
        ),
        Role.CRIME_CODE: (
            f"Een van {number(types)} soorten. Van een andere soort wordt alleen geteld hoe vaak zij voorkomt.",
            KEPT,
        ),
        Role.FROM_AT: ("Het begin van een tijdvak.", KEPT),
        Role.TO_AT: (
            f"Het einde van het tijdvak. Van een tijdvak langer dan {hours} uur tellen alleen de laatste {hours}.",
            KEPT,
        ),
        Role.REPORTED_AT: ("Vanaf wanneer de melding bekend is.", KEPT),
    }
    if role in said:
        return said[role]
    if role in (Role.STREET, Role.HOUSE_NUMBER, Role.POSTCODE, Role.PLACE_NAME):
        return "Binnen de poort één keer gebruikt om een punt te vinden, en daar weggegooid.", DROPPED
    if role in (Role.X, Role.Y, Role.GEOMETRY):
        if agreement.precision_m:
            return f"Het midden van een vierkant van {square} bij {square} meter.", BLURRED
        return "Het punt zelf; het gaat over een ding, niet over een melding.", KEPT
    return "Blijft zoals het is.", KEPT


def fates(upload: Upload, agreement: Agreement, settings: Settings) -> list[Fate]:
    """Say of each column of an upload what becomes of it, in the order of the file."""
    chosen = {said["heading"]: role for role, said in upload.columns.items() if said.get("heading")}
    told = []
    for heading in upload.headings:
        role = heading["role"] or chosen.get(heading["shown"], "")
        if not role:
            why = heading["why"]
            told.append(Fate(heading["shown"], "", f"Niets: {why}." if why else "Niets.", DROPPED))
            continue
        after, how = what_becomes(Role(role), agreement, settings)
        told.append(Fate(heading["shown"], ROLE_WORDS[Role(role)], after, how))
    return told


def before_and_after(upload: Upload, seen: dict[str, Any] | None, agreement: Agreement) -> list[tuple[str, str, str]]:
    """Give figures before and after the gate: what is counted, before, after."""
    report = upload.report
    came_in = report["accepted"] + report["repaired"]
    columns = len(upload.headings)
    kept = sum(bool(heading["role"]) for heading in upload.headings)
    kept = max(kept, sum(bool(said.get("heading")) for said in upload.columns.values()))
    rows = [
        ("Rijen", number(report["rows"]), number(came_in)),
        ("Kolommen", number(columns), f"{number(kept)} gelezen, {number(columns - kept)} weggelaten"),
    ]
    if seen and seen["places"]:
        square = f"{number(agreement.precision_m)} meter"
        together = came_in - seen["places"]
        rows.append(
            (
                "Plekken",
                "elk een eigen punt",
                f"{number(came_in)} meldingen op {number(seen['places'])} vierkanten van {square}; "
                f"{number(max(together, 0))} delen er een met een andere",
            )
        )
    return rows
