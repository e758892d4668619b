# SPDX-License-Identifier: EUPL-1.2
"""Ten reports before and after the gate, for who oversees it, without one value that the gate refused.

What the gate refuses may not be kept, so it cannot be shown later either: the file lay in the quarantine, and was
destroyed. Of each column the page says what stood there in kind, what the gate did, and what is left; only what is
left has values, and those are what every analyst sees.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

import numpy as np

from stip.agreements import Agreement, Purpose, Role, check_use, load_agreement
from stip.store import Workspace, batches, read_batch
from stip.words import number
from stip_web.intakes.gate_words import BLURRED, DROPPED, HASHED, what_becomes
from stip_web.intakes.headings import ROLE_WORDS
from stip_web.intakes.models import Upload
from stip_web.workspaces.clock import today

ROWS = 10
_BEFORE = {
    Role.INCIDENT_ID: "het nummer van de melding",
    Role.X: "een punt, zo precies als het bestand het gaf",
    Role.Y: "een punt, zo precies als het bestand het gaf",
    Role.GEOMETRY: "een punt, zo precies als het bestand het gaf",
    Role.STREET: "een straat",
    Role.HOUSE_NUMBER: "een huisnummer",
    Role.POSTCODE: "een postcode",
    Role.PLACE_NAME: "een plaats",
}
_FIELD = {
    Role.INCIDENT_ID: "incident_id",
    Role.CRIME_CODE: "crime_type",
    Role.FROM_AT: "from_at",
    Role.TO_AT: "to_at",
    Role.REPORTED_AT: "known_at",
    Role.X: "x_m",
    Role.Y: "y_m",
    Role.GEOMETRY: "x_m",
}


@dataclass(frozen=True)
class Cell:
    """One column of one report.

    Attributes
    ----------
    heading : str
    before : str
        What kind of thing stood in the file; never the value.
    how : str
        What the gate did.
    after : str
        What is left, as every analyst sees it; empty when nothing is.
    """

    heading: str
    before: str
    how: str
    after: str


@dataclass(frozen=True)
class Sample:
    """Ten reports of one delivery.

    Attributes
    ----------
    batch_id, title : str
    rows : tuple of tuple of Cell
    drawn : int
        The number with which the same ten are drawn again.
    of : int
        How many the delivery holds.
    known_headings : bool
        Whether the headings are those of the file; else those that the agreement knows.
    """

    batch_id: str
    title: str
    rows: tuple[tuple[Cell, ...], ...]
    drawn: int
    of: int
    known_headings: bool


def sample_of(workspace: Workspace, batch_id: str, *, drawn: int | None = None) -> Sample | None:
    """Draw ten reports of a delivery; None when there is no such delivery.

    Parameters
    ----------
    drawn : int, optional
        Draw the same ten as before.

    Raises
    ------
    AgreementError
        When the source is no longer agreed: who oversees it sees the rules then, and no reports. A source on hold is
        shown: looking into it is what the hold is for.
    """
    known = {batch["batch_id"]: batch for batch in batches(workspace)}
    if batch_id not in known:
        return None
    source = str(known[batch_id].get("source", ""))
    agreement = load_agreement(workspace, source)
    check_use(agreement, Purpose.DOT_MAP, on=today(workspace))
    drawn = secrets.randbelow(10**6) if drawn is None else drawn
    held = read_batch(workspace, batch_id)
    order = np.random.default_rng(drawn).permutation(len(held))[:ROWS]
    upload = Upload.objects.filter(batch_id=batch_id).first()
    columns = _columns(agreement, upload)
    reports = held.iloc[order].to_dict("records")
    rows = tuple(_row(workspace, agreement, columns, report) for report in reports)
    return Sample(batch_id, agreement.title, rows, drawn, len(held), upload is not None)


def _columns(agreement: Agreement, upload: Upload | None) -> list[tuple[str, Role | None, str]]:
    """Give heading, role and why it is left out: of the file when it is known, else of the agreement."""
    if upload is not None and upload.headings:
        said = {column.get("heading"): Role(role) for role, column in upload.columns.items()}
        return [
            (each["shown"], Role(each["role"]) if each.get("role") else said.get(each["shown"]), each.get("why", ""))
            for each in upload.headings
        ]
    kept = [(heading, column.role, "") for heading, column in agreement.columns.items()]
    return [*kept, *((heading, None, why) for heading, why in agreement.why_refused.items())]


def _row(
    workspace: Workspace, agreement: Agreement, columns: list[tuple[str, Role | None, str]], report: dict[Any, Any]
) -> tuple[Cell, ...]:
    cells = []
    for heading, role, why in columns:
        if role is None:
            cells.append(Cell(heading, "kan er hebben gestaan; nooit gelezen", DROPPED, why and f"niets: {why}"))
            continue
        _, how = what_becomes(role, agreement, workspace.settings)
        before = _BEFORE.get(role, ROLE_WORDS[role])
        if role is Role.CRIME_CODE:
            before = "een code van de politie"
        cells.append(Cell(heading, before, how, "" if how == DROPPED else _left(workspace, agreement, role, report)))
    return tuple(cells)


def _left(workspace: Workspace, agreement: Agreement, role: Role, report: dict[Any, Any]) -> str:
    field = _FIELD.get(role)
    if field is None:
        return ""
    value = report[field]
    if field == "incident_id":
        return "een code (niet getoond)"
    if field == "crime_type":
        kind = workspace.settings.crime_types.get(str(value))
        return kind.label if kind else str(value)
    if field in ("x_m", "y_m"):
        return f"{number(float(value), 1)}; midden van {number(agreement.precision_m)} bij {agreement.precision_m} m"
    return f"{value.tz_convert(workspace.settings.town.time_zone):%d-%m-%Y %H:%M}"


def changed(cells: tuple[Cell, ...]) -> dict[str, int]:
    """Count how many columns were dropped, coarsened, replaced and kept."""
    told = {"dropped": 0, "blurred": 0, "hashed": 0, "kept": 0}
    names = {DROPPED: "dropped", BLURRED: "blurred", HASHED: "hashed"}
    for cell in cells:
        told[names.get(cell.how, "kept")] += 1
    return told
