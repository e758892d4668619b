# SPDX-License-Identifier: EUPL-1.2
"""The week on the terminal: where the team goes, why, how often the outlook was right, and where the files are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from rich.padding import Padding
from rich.text import Text

from stip.cli.show import console, number, say, table
from stip.intake import IntakeReport
from stip.plan import ORIGINS, TYPES_APART
from stip.week import NO_GROUND, Looked, WeekResult, WeekView
from stip.words import PARTS_COUNT, counted, share


def show_week(result: WeekResult) -> None:
    """Print what a week brought."""
    view = result.view
    console.print()
    console.print(
        Text(f"{view.town} · week {view.week}", style="bold"), Text(f"{view.monday} tot en met {view.sunday}")
    )
    say(f"{view.status}. {NO_GROUND}")
    _retention(result.destroyed, "zijn vernietigd")
    _intake(result.intake)
    if result.scored:
        say(f"Nagemeten: {', '.join(result.scored)}")
    if result.signals:
        areas = "1 wijk" if result.signals == 1 else f"{result.signals} wijken"
        say(f"Signalen: in de bovenste vakken van {areas} kwam niemand. ‘stip signals list’ toont ze.")
    for warning in (*view.warnings, *result.warnings):
        console.print(Text(f"Let op: {warning}", style="bold"))
    _places(view)
    _record(view)
    say("Bestanden")
    for kind, path in result.files.items():
        console.print(Padding(Text(f"{kind:<22}{path}"), (0, 0, 0, 2)), soft_wrap=True)
    console.print()


def show_looked(looked: Looked) -> None:
    """Print what a week would bring."""
    _retention(looked.destroyed, "zouden worden vernietigd")
    _intake(looked.intake)
    if looked.due:
        say(f"Na te meten: {', '.join(looked.due)}")
    say(f"Vooruit te zien: {looked.week or 'de week na de meldingen in het bestand'}.")
    if looked.intake:
        say("Met de nieuwe meldingen erbij kan dat een latere week worden, en zijn er misschien meer na te meten.")
    say("Er is niets geschreven.")


def _retention(destroyed: Mapping[str, int], done: str) -> None:
    for source, count in destroyed.items():
        say(f"Bewaartermijn voorbij: {number(count)} meldingen van ‘{source}’ {done}, zoals is afgesproken.")


def _intake(reports: Sequence[IntakeReport]) -> None:
    for report in reports:
        counted = (
            f"{number(report.accepted)} goed, {number(report.repaired)} hersteld, {number(report.refused)} geweigerd"
        )
        say(f"Ingelezen: {report.file}: {counted}; {number(report.new)} nieuw, {number(report.corrected)} verbeterd.")
        for note in report.notes:
            say(f"Let op: {note}")


def _places(view: WeekView) -> None:
    where = " en ".join(view.districts) or "de hele gemeente"
    hours = number(sum(place.hours for place in view.places), 1)
    console.print()
    console.print(Text(f"Deze week: {where}, {len(view.places)} plekken, {hours} uur", style="bold"))
    for sentence in view.why:
        say(sentence)
    for place in view.places:
        drawn = f" (kans {number(place.probability, 2)})" if place.origin == "random" else ""
        console.print()
        console.print(Text(f"{place.number}. {', '.join(place.areas)}", style="bold"), end="  ")
        say(f"{ORIGINS[place.origin]}{drawn}")
        when = f", {', '.join(place.when)}" if place.when else ""
        lines = [
            f"{place.visits} × {place.kind.label}, {number(place.hours, 1)} uur{when}",
            f"{number(place.expected, 1)} meldingen verwacht, tussen {number(place.low)} en {number(place.high)}",
            *(f"· {reason}" for reason in place.reasons),
        ]
        console.print(Padding(Text("\n".join(lines)), (0, 0, 0, 3)))
    console.print()
    say(TYPES_APART)


def _record(view: WeekView) -> None:
    if not view.record:
        return
    area = number(100 * view.record_share)
    table(
        [
            f"Hoe vaak kwam het uit? Laatste {view.record_weeks} weken, {area} % van de gemeente",
            "in de vakken",
            "van alle",
            "deel",
        ],
        [
            (
                f"{crime_type if first else '':<16}{line.model}",
                counted(line.hits),
                counted(line.total),
                share(line.hits, line.total),
            )
            for crime_type, lines in groupby(view.record, key=lambda line: line.crime_type)
            for first, line in zip([True] + [False] * 99, lines, strict=False)
        ],
        right=(1, 2, 3),
    )
    say(PARTS_COUNT)
    say("Het oordeel gaat over vaste blokken van twaalf weken, en wordt eens per blok gegeven:")
    for sentence in view.verdicts:
        say(sentence)
