# SPDX-License-Identifier: EUPL-1.2
"""How often the outlook was right, fit for everybody: what is out already, told again in the register.

Of the newest quarter that was measured in use, the register tells the figures that went out with it, as they are: no
second rounding, so nothing to lay beside the first. Before there is such a quarter, only words stand here: what a
trial on earlier weeks came to, plainly called a trial, without a figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from scipy.stats import binomtest

from stip.learn import Verdict
from stip.outlook import Finding, finding_of, judged_weeks, model_label
from stip.publish.periods import LEAST_WEEKS_LATE
from stip.publish.record import published_record
from stip.publish.record_words import SAID
from stip.publish.register.shapes import RecordKind, RecordRow
from stip.space import week_from_number, week_number, week_start
from stip.store import Run
from stip.words import number

NOTE = (
    "Gemeten in gebruik. Dit zijn dezelfde aantallen als bij Cijfers op de openbare site, over het nieuwste kwartaal "
    "dat is nagemeten. Elk aantal is een veelvoud van 5 en wijkt hoogstens 4 af. Deel en marge zijn met die "
    "afgeronde aantallen uitgerekend, en daarom ruim. De vakken van de vooruitblik en van de telling ernaast beslaan "
    "een even groot deel van het gebied."
)

NOTE_TRIED = (
    "Vooraf beproefd op eerdere weken; niet in gebruik gemeten. Is een kwartaal in gebruik nagemeten en openbaar, "
    "dan staan hier de aantallen daarvan. Zij staan ook bij Cijfers op de openbare site."
)

NOTES: dict[RecordKind, str] = {"measured": NOTE, "trial": NOTE_TRIED}
"""How to read the record, by its kind."""

HELD = "Deze cijfers zijn nu niet te zien: er staat iets op pauze, of de afspraak staat het niet toe."
"""Stands in place of figures that a pause or an agreement keeps in."""

_CONCLUSIONS = {
    Finding.BETTER: "De vooruitblik deed het beter dan alles wat ernaast staat.",
    Finding.BEHIND: "De vooruitblik ving minder dan de gewone telling; het weekplan gaat daarom daarvan uit.",
    Finding.WORSE: "De vooruitblik deed het slechter dan een eenvoudige telling.",
    Finding.CHANCE: "Het verschil met een gewone telling kan toeval zijn.",
    Finding.TOO_FEW: "Er zijn te weinig meldingen of weken om over te oordelen.",
}

_TRIED = dict.fromkeys(
    # Which of the two it is, would bound how many reports there were.
    (Finding.CHANCE, Finding.TOO_FEW),
    "Geen uitspraak: het verschil met een gewone telling kan toeval zijn, of er zijn te weinig meldingen of weken.",
)


_FIGURES = {"outlook": "outlook", "baseline": "baseline", "total": "reported"}


@dataclass(frozen=True)
class Judged:
    """The block of weeks on which an outlook was judged.

    Attributes
    ----------
    weeks : int
    last : str
        ISO week.
    """

    weeks: int
    last: str

    @property
    def in_words(self) -> str:
        """The block as a phrase."""
        return f"de {self.weeks} weken tot en met week {int(self.last[-2:])} van {self.last[:4]}"


def judged_of(run: Run) -> Judged:
    """Return the block of weeks that an outlook was judged on."""
    block = judged_weeks(week_number(run.week), final_after_weeks=int(run.facts["settings"]["final_after_weeks"]))
    return Judged(len(block), week_from_number(block.stop - 1))


def public_record(
    run: Run | None, published: Path, labels: Mapping[str, str], *, at: datetime, time_zone: str, allowed: bool
) -> list[RecordRow]:
    """Return a row for each crime type: of the newest quarter that was measured in use, else of the trial before.

    Parameters
    ----------
    run : Run, optional
        Of kind ``outlook``; the trial before it is told in words.
    published : Path
        The folder ``published``.
    labels : mapping of str to str
        What the types are called; one that is no longer in the settings goes by its own name.
    at : aware datetime
        A block that ended less than four weeks before is not told yet.
    allowed : bool
        Whether pauses and the agreements of the reports let figures go out now.
    """
    measured = newest_measured(published)
    if measured is not None:
        return [_measured(measured, line, HELD if not allowed else "") for line in measured["types"]]
    if run is None:
        return []
    block = judged_of(run)
    ended = week_start(block.last, time_zone) + timedelta(weeks=1)
    hidden = ""
    if at < ended + timedelta(weeks=LEAST_WEEKS_LATE):
        hidden = f"Wat de proef vooraf zei, mag pas {LEAST_WEEKS_LATE} weken na de laatste week naar buiten."
    if not allowed:
        hidden = HELD
    return [
        _row(labels.get(name, name), block.in_words, run.run_id, hidden or tried(block, known["verdict"]))
        for name, known in run.notes["by_type"].items()
    ]


def newest_measured(published: Path) -> dict[str, Any] | None:
    """Return the newest evaluation that is out and holds figures; None when there is none."""
    return next((one for one in reversed(published_record(published)) if one["all"]), None)


def conclusion_of(verdict: Mapping[str, Any]) -> str:
    """Say what a judgement came to, without a figure."""
    return _CONCLUSIONS[finding_of(verdict)]


def exact_sentence(label: str, block: Judged, verdict: Mapping[str, Any], baseline: str) -> str:
    """Say the same for the desk, with the true figures."""
    if finding_of(verdict) is Finding.TOO_FEW:
        return f"{label}: {_CONCLUSIONS[Finding.TOO_FEW]}"
    low, high = _interval(round(verdict["hits"]), round(verdict["total"]))
    return (
        f"{label}: in {block.in_words} vielen {number(verdict['hits'])} van de {number(verdict['total'])} "
        f"meldingen in de vakken van de vooruitblik ({_per_cent(verdict['hits'] / verdict['total'])}; marge "
        f"{_per_cent(low)} tot {_per_cent(high)}), en {number(verdict['baseline_hits'])} in evenveel vakken van "
        f"‘{model_label(baseline)}’. {conclusion_of(verdict)}"
    )


def _measured(told: Mapping[str, Any], line: Mapping[str, Any], hidden: str) -> RecordRow:
    """Tell what went out with a quarter, as it is."""
    weeks = f"{len(told['weeks'])} van de {told['weeks_in_quarter']} hele weken van het {told['label']}"
    said = f"Gemeten in gebruik, in {weeks}. {SAID[Verdict(line['verdict'])]}"
    row = _row(str(line["label"]), weeks, str(told["run_id"]), hidden or said)
    if hidden:
        return row
    figures = {name: number(line[key]["figure"]) for name, key in _FIGURES.items()}
    share = line["outlook"]["share"]
    if share is not None:
        figures |= {
            "share": _per_cent(share["share"]),
            "low": _per_cent(share["low"]),
            "high": _per_cent(share["high"]),
        }
    return row | figures  # type: ignore[return-value]


def tried(block: Judged, verdict: Mapping[str, Any]) -> str:
    """Say in words what the trial before use came to; a figure from it would be a second one beside the quarters'."""
    finding = finding_of(verdict)
    said = _TRIED.get(finding, _CONCLUSIONS[finding])
    return f"Vooraf beproefd op {block.in_words}; niet in gebruik gemeten. {said}"


def _row(label: str, weeks: str, run: str, conclusion: str) -> RecordRow:
    return RecordRow(
        label=label,
        weeks=weeks,
        outlook="",
        baseline="",
        total="",
        share="",
        low="",
        high="",
        conclusion=conclusion,
        run=run,
    )


def _interval(hits: int, total: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927)."""
    found = binomtest(min(hits, total), total).proportion_ci(0.95, method="wilson")
    return float(found.low), float(found.high)


def _per_cent(share: float) -> str:
    return f"{number(100 * share)} %"
