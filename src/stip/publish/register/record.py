# SPDX-License-Identifier: EUPL-1.2
"""How often the outlook was right, fit for everybody: a closed block of weeks, the whole town, rounded to five.

The block is the one that the outlook itself was judged on. It lies fixed, whenever one looks, so that the figures of
two registers cannot be laid beside each other to find a week. What is under `ENOUGH` reports is not told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from scipy.stats import binomtest

from stip.outlook import Finding, finding_of, judged_weeks, model_label
from stip.publish.periods import LEAST_WEEKS_LATE
from stip.publish.register.shapes import RecordRow
from stip.publish.rounding import draws, rounded
from stip.space import week_from_number, week_number, week_start
from stip.store import Run
from stip.words import number

ENOUGH = 30
"""With fewer reports than this in a block, no figure is told and nothing is concluded."""

NOTE = (
    "Elk aantal is afgerond op een veelvoud van 5, naar boven of naar beneden door een vaste loting. Het deel en "
    "zijn marge (95 %) zijn met die afgeronde aantallen berekend. De marge neemt aan dat meldingen los van elkaar "
    "komen; in het echt schommelt het iets meer. De vakken van de vooruitblik en van de telling ernaast beslaan "
    "elk 3 % van het gebied."
)

HELD = "Deze cijfers zijn nu niet te zien: er staat iets op pauze, of de afspraak staat het niet toe."
"""Stands in place of figures that a pause or an agreement keeps in."""

_CONCLUSIONS = {
    Finding.BETTER: "De vooruitblik deed het beter dan alles wat ernaast staat.",
    Finding.BEHIND: "De vooruitblik ving minder dan de gewone telling; het weekplan gaat daarom daarvan uit.",
    Finding.WORSE: "De vooruitblik deed het slechter dan een eenvoudige telling.",
    Finding.CHANCE: "Het verschil met een gewone telling kan toeval zijn.",
    Finding.TOO_FEW: "Er zijn te weinig meldingen of weken om over te oordelen.",
}


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
    run: Run, labels: Mapping[str, str], *, secret: bytes, at: datetime, time_zone: str, allowed: bool
) -> list[RecordRow]:
    """Return a row for each crime type of a frozen outlook.

    Parameters
    ----------
    run : Run
        Of kind ``outlook``.
    labels : mapping of str to str
        What the types are called; one that is no longer in the settings goes by its own name.
    secret : bytes
        As `stip.publish.secret_of` gives it.
    at : aware datetime
        A block that ended less than four weeks before is not told yet.
    allowed : bool
        Whether pauses and the agreements of the reports let figures go out now.
    """
    block = judged_of(run)
    ended = week_start(block.last, time_zone) + timedelta(weeks=1)
    hidden = ""
    if at < ended + timedelta(weeks=LEAST_WEEKS_LATE):
        hidden = f"Deze cijfers mogen pas {LEAST_WEEKS_LATE} weken na de laatste week naar buiten."
    if not allowed:
        hidden = HELD
    return [
        _row(run, labels.get(name, name), name, block, known["verdict"], secret, hidden)
        for name, known in run.notes["by_type"].items()
    ]


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


def _row(
    run: Run, label: str, name: str, block: Judged, verdict: Mapping[str, Any], secret: bytes, hidden: str
) -> RecordRow:
    row = RecordRow(
        label=label,
        weeks=block.in_words,
        outlook="",
        baseline="",
        total="",
        share="",
        low="",
        high="",
        conclusion=hidden or conclusion_of(verdict),
        run=run.run_id,
    )
    if hidden or finding_of(verdict) is Finding.TOO_FEW or verdict["total"] < ENOUGH:
        return row
    hits, beside, total = (
        _rounded(verdict[figure], f"{name}|{block.last}|{figure}", secret)
        for figure in ("hits", "baseline_hits", "total")
    )
    hits, beside = min(hits, total), min(beside, total)
    low, high = _interval(hits, total)
    row |= {"outlook": number(hits), "baseline": number(beside), "total": number(total)}
    row |= {"share": _per_cent(hits / total), "low": _per_cent(low), "high": _per_cent(high)}
    return row


def _rounded(count: float, name: str, secret: bytes) -> int:
    """Round a figure by a draw that belongs to its name, so that asking again tells nothing new."""
    digest = hashlib.blake2b(name.encode(), key=secret, digest_size=8, person=b"stip-register").digest()
    draw = draws(np.array([int.from_bytes(digest, "little")], dtype=np.uint64), secret)
    return int(rounded(np.array([round(count)], dtype=np.int64), draw)[0])


def _interval(hits: int, total: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927)."""
    found = binomtest(min(hits, total), total).proportion_ci(0.95, method="wilson")
    return float(found.low), float(found.high)


def _per_cent(share: float) -> str:
    return f"{number(100 * share)} %"
