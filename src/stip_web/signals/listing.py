# SPDX-License-Identifier: EUPL-1.2
"""The list of signals and the half-year report, for the page and for its twins."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from stip.signals import COARSE, COUNTS, HalfYearReport, ReportRow, SignalKind
from stip_web.desk.twins import Listing
from stip_web.signals.seen import Shown

COLUMNS = {
    "mark": "Nummer",
    "kind": "Soort",
    "category": "Wat",
    "area": "Buurt",
    "week": "Week",
    "known_on": "Bekend op",
    "stream": "Herkomst",
    "state": "Stand",
    "due_on": "Uiterlijk",
    "overdue": "Te laat",
    "partner": "Partner",
    "receipt": "Nummer bij partner",
}

HEADINGS = {
    "known": "Bekend",
    "acted": "Gehandeld",
    "handed_over": "Overgedragen",
    "taken_on": "Waarvan opgepakt",
    "declined": "Partner zei nee",
    "let_be": "Niet gehandeld",
    "waiting": "Wacht nog",
    "late": "Te laat",
}


@dataclass(frozen=True)
class Choice:
    """What of the list is asked.

    Attributes
    ----------
    standing : {"wacht", "te-laat", "alles"}
    kind : str
        Only this kind; empty for all.
    """

    standing: str = "wacht"
    kind: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> Choice:
        """Read it from the address; what is not known there is as if it was left out."""
        standing = request.GET.get("stand", "")
        kind = request.GET.get("soort", "")
        return cls(standing if standing in STANDINGS else "wacht", kind if kind in tuple(SignalKind) else "")

    @property
    def query(self) -> str:
        """The same as part of an address."""
        return f"stand={self.standing}" + (f"&soort={self.kind}" if self.kind else "")

    def takes(self, one: Shown) -> bool:
        """Tell whether a signal is in the list."""
        waits = {"alles": True, "wacht": one.known.state.waits, "te-laat": one.overdue}[self.standing]
        return waits and self.kind in ("", one.known.kind)


STANDINGS = {"wacht": "Wat nog wacht", "te-laat": "Te laat", "alles": "Alles"}


def signals_listing(shown: list[Shown], choice: Choice) -> Listing:
    """Give the rows of the list."""
    rows = [_row(one) for one in shown if choice.takes(one)]
    facts = {"lijst": STANDINGS[choice.standing], "signalen": len(rows)}
    return Listing("signalen", COLUMNS, rows, facts)


def report_listing(report: HalfYearReport) -> Listing:
    """Give the rows of the report."""
    columns = {"kind": "Soort", **HEADINGS, "rounded": "Afgerond"}
    rows = [
        {"kind": row.label, "rounded": _rounded(row)} | {name: getattr(row, name) for name in COUNTS}
        for row in report.rows
    ]
    facts = {"half jaar": report.half, "van": report.first, "tot en met": report.last}
    if any(row.coarse for row in report.rows):
        facts |= {
            "afronding": f"soorten die u niet mag inzien staan er pas als het half jaar voorbij is, zoals het toen "
            f"stond en afgerond op {COARSE}"
        }
    return Listing("signalen-verslag", columns, rows, facts)


def _rounded(row: ReportRow) -> str:
    return "telt pas na afloop" if row.withheld else "ja" if row.coarse else "nee"


def _row(one: Shown) -> dict[str, object]:
    known = one.known
    zone = ZoneInfo(one.workspace.settings.town.time_zone)
    return {
        "mark": known.mark,
        "kind": one.kind,
        "category": one.category,
        "area": one.area,
        "week": known.week,
        "known_on": known.at.astimezone(zone).date(),
        "stream": one.stream,
        "state": known.state.label,
        "due_on": known.due_on if known.state.waits else None,
        "overdue": "ja" if one.overdue else "nee",
        "partner": one.partner,
        "receipt": known.receipt,
    }
