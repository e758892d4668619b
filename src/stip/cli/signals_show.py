# SPDX-License-Identifier: EUPL-1.2
"""How ``stip signals`` shows a list of signals and the half-year report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from stip.agreements import is_held
from stip.cli.show import number, say, table
from stip.signals import HalfYearReport, Known, SignalKind, area_names, category_label, cells_to_name, rule_of
from stip.store import Workspace
from stip.words import day


def plain(workspace: Workspace, known: Known, today: date) -> dict[str, Any]:
    """Return a signal as JSON can hold it: cells by name only as far as they may be told.

    Of what nobody visited, which is about a district, their number is enough; while the outlook is on hold neither
    that nor what it expected there is told.
    """
    unvisited = known.kind == SignalKind.UNVISITED
    held = unvisited and is_held(workspace, "outlook")
    named = () if unvisited else cells_to_name(workspace, known)
    return {
        "signal_id": known.signal_id,
        "mark": known.mark,
        "kind": known.kind,
        "category": None if held else known.category,
        "week": known.week,
        "area_code": known.area_code,
        "cells": [workspace.grid.name(cell) for cell in named],
        "cell_count": None if held else len(known.cells),
        "state": str(known.state),
        "due_on": known.due_on,
        "overdue": known.overdue(today),
        "partner": known.partner,
        "shared_what": list(known.shared_what),
        "receipt": known.receipt,
        "reason": known.reason,
    }


def show_signals(workspace: Workspace, found: Iterable[Known], today: date) -> None:
    """Print signals as a table."""
    settings, names, held = workspace.settings, area_names(workspace), is_held(workspace, "outlook")
    table(
        ("Nummer", "Soort", "Wat", "Wijk of buurt", "Stand", "Uiterlijk"),
        [
            (
                one.mark,
                rule_of(settings, one.kind).label,
                category_label(settings, one.kind, one.category, held=held),
                names.get(one.area_code, one.area_code),
                one.state.label,
                _until(one, today),
            )
            for one in found
        ],
    )


def show_report(report: HalfYearReport) -> None:
    """Print the half-year report, and say what the counts are of."""
    table(
        ("Soort", "Bekend", "Gehandeld", "Overgedragen", "Opgepakt", "Niet gehandeld", "Wacht", "Te laat"),
        [
            (
                f"{row.label}*" if row.coarse else row.label,
                *(
                    "–" if count is None else number(count)
                    for count in (
                        row.known,
                        row.acted,
                        row.handed_over,
                        row.taken_on,
                        row.let_be,
                        row.waiting,
                        row.late,
                    )
                ),
            )
            for row in report.rows
        ],
        right=range(1, 8),
        title=f"Signalen die bekend werden van {day(report.first)} t/m {day(report.last)}",
    )
    if any(row.withheld for row in report.rows):
        say(f"* Deze aantallen staan er pas na {day(report.last)}. Wie ze zou zien groeien, ziet één opmerking.")
    elif any(row.coarse for row in report.rows):
        say("* De stand aan het eind, afgerond op vijf, zodat één opmerking over iemand niet is terug te vinden.")
    for kind, reason, count in report.reasons:
        label = next(row.label for row in report.rows if row.kind == kind)
        say(f"Niet gehandeld, {label.lower()}: {reason.rstrip('.')} ({count} keer).")
    for partner, what, count in report.shared:
        say(f"Gedeeld met {partner}: {what} ({count} keer).")


def plain_report(report: HalfYearReport) -> dict[str, Any]:
    """Return the report as JSON can hold it."""
    return asdict(report)


def _until(known: Known, today: date) -> str:
    if not known.state.waits:
        return ""
    said = f"{known.due_on:%d-%m-%Y}"
    return f"{said}, te laat" if known.overdue(today) else said
