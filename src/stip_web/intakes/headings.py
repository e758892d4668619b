# SPDX-License-Identifier: EUPL-1.2
"""The line of headings of an upload: which agreement it fits, what may be shown of it, and what was said before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stip.agreements import Agreement, Column, Gate, Kind, Role, agreements_of, heading_key
from stip.settings import Settings
from stip.store import Workspace

ROLE_WORDS = {
    Role.INCIDENT_ID: "nummer van de melding",
    Role.CRIME_CODE: "soort melding",
    Role.FROM_AT: "begin",
    Role.TO_AT: "einde",
    Role.REPORTED_AT: "wanneer het bekend werd",
    Role.X: "x of lengtegraad",
    Role.Y: "y of breedtegraad",
    Role.GEOMETRY: "punt op de kaart",
    Role.STREET: "straat",
    Role.HOUSE_NUMBER: "huisnummer",
    Role.POSTCODE: "postcode",
    Role.PLACE_NAME: "plaats",
    Role.FEATURE_ID: "nummer van het ding",
    Role.VALUE: "getal",
    Role.CATEGORY: "soort ding",
    Role.OBSERVED_ON: "gezien op",
    Role.AREA_CODE: "code van het gebied",
    Role.AREA_NAME: "naam van het gebied",
    Role.DISTRICT_CODE: "code van de wijk",
    Role.DISTRICT_NAME: "naam van de wijk",
    Role.PERIOD: "periode",
    Role.COUNT: "aantal",
}
"""What each role is called on the screen."""

DATES = (Role.FROM_AT, Role.TO_AT, Role.REPORTED_AT)


@dataclass(frozen=True)
class Heading:
    """One column of a file.

    Attributes
    ----------
    shown : str
        As the file has it, or ``«kolom 7»`` when that may be somebody's data.
    why : str
        Why it does not come in; empty when it does.
    role : str
        What it means, empty when it does not come in.
    open : bool
        Whether a person may say that it is a declared column after all.
    """

    shown: str
    why: str = ""
    role: str = ""
    open: bool = False


def incident_agreements(workspace: Workspace) -> dict[str, Agreement]:
    """Give the agreements under which a file with incidents may come."""
    return {name: held for name, held in agreements_of(workspace).items() if held.kind is Kind.INCIDENTS}


def expected_headings(agreements: Iterable[Agreement]) -> list[str]:
    """Give every heading that these agreements know, refused ones too."""
    return [
        name
        for agreement in agreements
        for heading, column in agreement.columns.items()
        for name in (heading, *column.names, *agreement.why_refused)
    ]


def best_fit(headings: Sequence[str], agreements: Mapping[str, Agreement]) -> str:
    """Give the agreement that knows most of the headings; the first by name when none knows any."""
    keys = {heading_key(heading) for heading in headings}

    def fit(name: str) -> int:
        return sum(heading_key(known) in keys for known in set(expected_headings([agreements[name]])))

    return max(sorted(agreements), key=fit)


def fingerprint(headings: Sequence[str]) -> str:
    """Give what tells this line of headings from another, without holding it."""
    return hashlib.sha256("\x1f".join(heading_key(heading) for heading in headings).encode()).hexdigest()


def told_headings(agreement: Agreement, settings: Settings, headings: Sequence[str]) -> list[Heading]:
    """Say of each column of a file whether it comes in, without showing what may be somebody's data.

    When the agreement knows none of the headings, the line may be a row of data. It is shown only when every cell of
    it looks like a heading.
    """
    gate = Gate(agreement, settings)
    admission = gate.admit(list(headings))
    by_place = {place: role for role, place in admission.positions.items()}
    refused_by_name = {heading_key(name) for name in agreement.why_refused}
    refused = iter(admission.refused)
    trusted = _is_line_of_headings(gate, headings)
    told = []
    for place, heading in enumerate(headings):
        if place in by_place:
            told.append(Heading(heading.strip(), role=str(by_place[place])))
            continue
        refusal = next(refused)
        shown = heading.strip() if trusted else refusal.heading
        hidden = shown.startswith("«kolom")
        told.append(Heading(shown, refusal.why, open=not hidden and heading_key(heading) not in refused_by_name))
    return told


def suggestion(agreement: Agreement, told: Iterable[Heading]) -> dict[str, dict[str, str]]:
    """Give, by role, the heading that the agreement already knows."""
    return {heading.role: {"heading": heading.shown, "date_format": ""} for heading in told if heading.role}


def as_columns(chosen: Mapping[str, Mapping[str, str]]) -> dict[Role, Column]:
    """Give what was chosen as the library takes it."""
    return {
        Role(role): Column(role=Role(role), names=(said["heading"],), date_format=said.get("date_format", ""))
        for role, said in chosen.items()
        if said.get("heading")
    }


def plain(told: Iterable[Heading]) -> list[dict[str, Any]]:
    """Give headings as the database keeps them."""
    return [vars(heading) for heading in told]


def _is_line_of_headings(gate: Gate, headings: Sequence[str]) -> bool:
    """Tell by the gate's own measure: beside one heading that it knows, it hides each cell that is none."""
    known = next(iter(gate.agreement.columns))
    cells = [heading for heading in headings if heading.strip()]
    judged = gate.admit([known, *cells]).refused
    distinct = len({heading_key(cell) for cell in cells}) == len(cells)
    return bool(cells) and distinct and not any(refusal.heading.startswith("«kolom") for refusal in judged)
