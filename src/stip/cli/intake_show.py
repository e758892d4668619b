# SPDX-License-Identifier: EUPL-1.2
"""How the report about a file is shown."""

from __future__ import annotations

from collections.abc import Mapping

from stip.agreements import about_persons
from stip.cli.show import number, say, table, warn
from stip.intake import IntakeReport, RuleCount
from stip.words import day

_MOST_COLUMNS = 40


def show_report(report: IntakeReport, labels: Mapping[str, str], *, stopped: bool) -> None:
    """Print what became of a file, the outcome first."""
    say(_headline(report, stopped=stopped))
    table(
        ("", "rijen"),
        [
            ("goed", number(report.accepted)),
            ("hersteld", number(report.repaired)),
            ("geweigerd", number(report.refused)),
            ("samen", number(report.rows)),
        ],
        right=(1,),
    )
    if report.period:
        first, last = report.period
        types = ", ".join(f"{labels.get(key, key)} {number(rows)}" for key, rows in report.by_type.items())
        period = f"van {day(first)} tot en met {day(last)}" if first != last else f"van {day(first)}"
        say(f"Meldingen {period}: {types}.")
    _rules("Geweigerd", report.refused_rules)
    _rules("Hersteld", report.repaired_rules)
    if report.other_codes:
        codes = ", ".join(f"{code} ({number(rows)})" for code, rows in report.other_codes.items())
        say(f"Andere soorten die er vaak in staan: {codes}.")
    if report.refused_columns:
        table(
            ("kolom die niet binnenkomt", "waarom"),
            [(column.heading, column.why) for column in report.refused_columns[:_MOST_COLUMNS]],
        )
        rest = len(report.refused_columns) - _MOST_COLUMNS
        if rest > 0:
            say(f"En nog {number(rest)} kolommen.")
    persons = about_persons(column.heading for column in report.refused_columns)
    if persons:
        warn(
            f"In dit bestand zijn kolommen over personen meegestuurd: {', '.join(persons)}. Stip las ze niet, maar "
            "wie ze krijgt, verwerkt ze al. Vraag wie het bestand maakt om ze niet meer mee te sturen."
        )
    say("Wat er over het bestand is ontdekt:")
    for fact in (*report.facts, *report.notes):
        say(f"  {fact}")


def _headline(report: IntakeReport, *, stopped: bool) -> str:
    came_in = number(report.accepted + report.repaired)
    name = report.file
    if stopped:
        return f"{name}: niet ingelezen. Dit is wat er gevonden is."
    parts = [
        (report.new, "nieuw"),
        (report.corrected, "verbeterd"),
        (report.unchanged, "al bekend"),
        (report.older, "ouder dan wat er al is"),
    ]
    told = ", ".join(f"{number(count)} {what}" for count, what in parts if count)
    if report.dry_run:
        return f"{name}: {came_in} meldingen zouden binnenkomen ({told or 'geen'}). Er is niets opgeslagen."
    if report.batch_id is None:
        return f"{name}: niets nieuws ({told or 'geen meldingen'}). Er is niets veranderd."
    return f"{name}: levering {report.batch_id} is opgeslagen ({told})."


def _rules(title: str, counts: tuple[RuleCount, ...]) -> None:
    if not counts:
        return
    rows = [
        (
            count.rule.what if count.rule.counts else f"{count.rule.what} (telt niet mee voor de grens)",
            number(count.rows),
            ", ".join(number(row) for row in count.first_rows)
            + (", …" if count.rows > len(count.first_rows) else ""),
            count.rule.advice,
        )
        for count in counts
    ]
    table((title.lower(), "rijen", "zoals rij", "wat nu"), rows, right=(1,))
