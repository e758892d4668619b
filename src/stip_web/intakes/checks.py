# SPDX-License-Identifier: EUPL-1.2
"""What somebody should notice before publishing: not wrong, but unlike the weeks before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any

from stip.agreements import about_persons
from stip.store import Manifest, Workspace, batches
from stip.words import day, number
from stip_web.intakes.models import Upload

_LAST = 8
_FEW, _MANY = 0.5, 2.0


@dataclass(frozen=True)
class Check:
    """One thing that was looked at.

    Attributes
    ----------
    good : bool
    what : str
        A sentence, with what to do when it is not good.
    """

    good: bool
    what: str


def checks(workspace: Workspace, upload: Upload, seen: dict[str, Any] | None) -> list[Check]:
    """Look a checked upload over, beside the deliveries before it."""
    report = upload.report
    before = [manifest for manifest in batches(workspace) if manifest.get("source") == upload.source]
    return [
        _refused(report),
        _new(report),
        *_amount(report, before),
        *_gap(report, before),
        *_areas(seen),
        *_persons(upload),
    ]


def _persons(upload: Upload) -> list[Check]:
    """Name the columns about persons that came along: they are not read, but should not be sent."""
    persons = about_persons(str(heading["shown"]) for heading in upload.headings)
    if not persons:
        return []
    return [
        Check(
            False,
            f"Er zijn kolommen over personen meegestuurd: {', '.join(persons)}. Stip leest ze niet, maar wie ze "
            "krijgt, verwerkt ze al. Vraag wie het bestand maakt om ze niet meer mee te sturen.",
        )
    ]


def _refused(report: dict[str, Any]) -> Check:
    counted, whole = report["refused"] - report["not_ours"], report["rows"] - report["not_ours"]
    limit = number(100 * report["limit"], 1)
    if not whole:
        return Check(
            False, "Er is geen rij die over deze gemeente en deze soorten gaat. Kijk of dit het goede bestand is."
        )
    part = f"{number(counted)} van {number(whole)} rijen geweigerd"
    if report["stopped"]:
        return Check(False, f"{part}; de grens is {limit} %. Kijk hieronder waarom, voordat u verdergaat.")
    return Check(True, f"{part}; de grens is {limit} %.")


def _new(report: dict[str, Any]) -> Check:
    words = {"new": "nieuw", "corrected": "verbeterd", "unchanged": "al bekend", "older": "ouder dan wat er is"}
    told = ", ".join(
        f"{number(report[name])} {what}" for name, what in words.items() if report[name] or name == "new"
    )
    if report["new"] or report["corrected"]:
        return Check(True, f"{told}.")
    return Check(False, f"{told}: dit bestand is waarschijnlijk al ingelezen. Er is niets om op te slaan.")


def _amount(report: dict[str, Any], before: list[Manifest]) -> list[Check]:
    usual = [int(manifest["new"]) for manifest in before[-_LAST:] if manifest.get("new")]
    if len(usual) < 3 or not report["new"]:
        return []
    middle = median(usual)
    told = (
        f"{number(report['new'])} nieuwe meldingen; bij de laatste {number(len(usual))} leveringen {number(middle)}"
    )
    if _FEW * middle <= report["new"] <= _MANY * middle:
        return [Check(True, f"{told}.")]
    return [Check(False, f"{told}. Vraag de bron of het bestand heel is.")]


def _gap(report: dict[str, Any], before: list[Manifest]) -> list[Check]:
    ends = [date.fromisoformat(manifest["period"][1]) for manifest in before if manifest.get("period")]
    if not ends or not report["period"]:
        return []
    first, last = (date.fromisoformat(edge) for edge in report["period"])
    if first > max(ends) + timedelta(days=2):
        return [
            Check(
                False,
                f"De laatste melding die er al is, begon op {day(max(ends))}; dit bestand begint op {day(first)}. "
                "Misschien mist er een levering.",
            )
        ]
    return [Check(True, f"De meldingen gaan van {day(first)} tot en met {day(last)}; dat sluit aan op wat er al is.")]


def _areas(seen: dict[str, Any] | None) -> list[Check]:
    rows = seen["squares"] if seen else []
    return [] if rows else [Check(False, "Geen enkele melding heeft een plek in de gemeente.")]
