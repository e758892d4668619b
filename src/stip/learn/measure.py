# SPDX-License-Identifier: EUPL-1.2
"""The measure of success that was stated at the start, computed: what came out, between which bounds, met or not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from stip.learn.paired import Difference, paired_difference
from stip.learn.scoring import came_in
from stip.learn.streams import EVERY_TYPE, Stream
from stip.learn.totals import final_scores, totals
from stip.learn.verdict import Verdict
from stip.settings import LearnSettings, Measure
from stip.space import shift_week, week_start
from stip.store import Run, Workspace
from stip.words import number, share, week_name

_A_YEAR = 52


class Met(StrEnum):
    """Whether the measure was met."""

    MET = "met"
    NOT_MET = "not_met"
    UNCLEAR = "unclear"
    TOO_FEW = "too_few"


@dataclass(frozen=True)
class Outcome:
    """What came out of the measure.

    Attributes
    ----------
    measure : Measure
    weeks : tuple of str
        The final weeks it rests on.
    difference : Difference or None
        ``share`` is the figure that is held against the threshold; None when nothing can be computed yet.
    met : Met
    sentence : str
        Dutch: figures, interval and conclusion, fit to be quoted.
    """

    measure: Measure
    weeks: tuple[str, ...]
    difference: Difference | None
    met: Met
    sentence: str


def measure_outcome(workspace: Workspace) -> Outcome:
    """Compute the measure of ``learn.measure`` over the final weeks from its first week on.

    The interval holds at every week at which one looks (`stip.learn.paired`), so that the decision may fall in any.

    Raises
    ------
    AgreementError
        When the agreement of a source does not allow evaluation.
    """
    settings = workspace.settings.learn
    measure = settings.measure
    if not measure.is_stated:
        said = "Er is nog geen maat ingevuld. Vul learn.measure in stip.toml in: kind, threshold en from_week."
        return Outcome(measure, (), None, Met.TOO_FEW, said)
    scores = [run for run in final_scores(workspace) if run.week >= measure.from_week]
    if measure.kind == "reported_change":
        return _reported(workspace, scores, settings)
    return _hits(workspace, scores, settings)


def _hits(workspace: Workspace, scores: list[Run], settings: LearnSettings) -> Outcome:
    measure, weeks = settings.measure, tuple(run.week for run in scores)
    summed = totals(workspace, weeks=weeks)
    rows = summed[(summed["stream"] == Stream.OUTLOOK) & (summed["crime_type"] == EVERY_TYPE)].to_dict("records")
    if not rows or rows[0]["verdict"] == Verdict.TOO_FEW:
        return Outcome(measure, weeks, None, Met.TOO_FEW, _too_few(weeks, settings))
    row = rows[0]
    found = Difference(*(float(row[name]) for name in ("mine", "theirs", "total", "share", "low", "high")))
    met = _met(found.low - measure.threshold, found.high - measure.threshold)
    facts = (
        f"Van {number(found.total)} meldingen in {len(weeks)} weken vielen er {number(found.mine)} "
        f"({share(found.mine, found.total)}) in de vakken van de vooruitblik en {number(found.theirs)} "
        f"({share(found.theirs, found.total)}) in evenveel vakken van de telling ernaast. Het verschil ligt met 95 % "
        f"zekerheid tussen {_points(found.low)} en {_points(found.high)} procentpunt; gevraagd was meer dan "
        f"{_points(measure.threshold)}."
    )
    return Outcome(measure, weeks, found, met, f"{facts} {_CONCLUSION[met]}")


def _reported(workspace: Workspace, scores: list[Run], settings: LearnSettings) -> Outcome:
    measure, weeks = settings.measure, tuple(run.week for run in scores)
    now = np.array([_total(run) for run in scores])
    before = np.array([_a_year_before(workspace, week) for week in weeks])
    if len(weeks) < settings.verdict_weeks or now.sum() < settings.verdict_incidents or not np.all(before > 0):
        said = _too_few(weeks, settings)
        if len(before) and not np.all(before > 0):
            said = "Nog geen uitspraak mogelijk: van een jaar eerder zijn niet voor elke week meldingen bekend."
        return Outcome(measure, weeks, None, Met.TOO_FEW, said)
    found = paired_difference(now, before, before, draws=settings.bootstrap_draws, seed=settings.seed)
    met = _met(measure.threshold - found.high, measure.threshold - found.low)
    facts = (
        f"In {len(weeks)} weken kwamen {number(found.mine)} meldingen binnen, in dezelfde weken een jaar eerder "
        f"{number(found.theirs)}. De verandering ligt met 95 % zekerheid tussen {_points(found.low)} en "
        f"{_points(found.high)} procent; gevraagd was {_points(measure.threshold)} procent of lager. Dit zegt niet "
        "waardoor het veranderde."
    )
    return Outcome(measure, weeks, found, met, f"{facts} {_CONCLUSION[met]}")


_CONCLUSION = {
    Met.MET: "De maat is gehaald.",
    Met.NOT_MET: "De maat is niet gehaald.",
    Met.UNCLEAR: "Of de maat is gehaald, is nog niet te zeggen: het kan nog beide kanten op.",
}


def _met(low: float, high: float) -> Met:
    """Tell from the interval of what is above the threshold."""
    return Met.MET if low > 0 else Met.NOT_MET if high < 0 else Met.UNCLEAR


def _total(run: Run) -> float:
    """Return all incidents that a final score counted, each type once."""
    rows = run.table("score")
    outlook = rows[rows["model"] == Stream.OUTLOOK]
    return float(outlook.groupby("crime_type")["total"].first().sum())


def _a_year_before(workspace: Workspace, week: str) -> float:
    """Return what was reported in the same week a year before, as it was known as long afterwards."""
    earlier = shift_week(week, -_A_YEAR)
    late = workspace.settings.learn.final_after_weeks + 1
    at = week_start(shift_week(earlier, late), workspace.settings.town.time_zone)
    return float(came_in(workspace, earlier, at=at)["count"].sum())


def _too_few(weeks: tuple[str, ...], settings: LearnSettings) -> str:
    if len(weeks) < settings.verdict_weeks:
        return (
            f"Nog geen uitspraak mogelijk: sinds {week_name(settings.measure.from_week)} zijn er {len(weeks)} "
            f"definitieve weken en er zijn er {settings.verdict_weeks} nodig."
        )
    return f"Nog geen uitspraak mogelijk: er zijn minder dan {settings.verdict_incidents} meldingen."


def _points(share_of_all: float) -> str:
    return number(100 * share_of_all, 1).removesuffix(",0")
