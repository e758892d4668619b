# SPDX-License-Identifier: EUPL-1.2
"""Did the outlook, people or chance do better? Added up over the final weeks, with how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd

from stip.learn.paired import paired_difference
from stip.learn.scoring import FINAL, latest_score, outlook_that_counts
from stip.learn.streams import EVERY_TYPE, PLACES, Stream
from stip.learn.verdict import Ground, sentence_of, verdict_of
from stip.outlook import model_label
from stip.settings import LearnSettings
from stip.store import SCORE, Run, Workspace, runs_of

Judgements = Mapping[str, Mapping[str, Mapping[str, int]]]
COLUMNS = (
    "stream", "beside", "crime_type", "weeks", "judgements", "mine", "theirs", "total", "share", "low", "high",
    "verdict", "sentence",
)  # fmt: skip


def totals(workspace: Workspace, *, weeks: Iterable[str] | None = None) -> pd.DataFrame:
    """Add the final scores of a workspace up and say what they allow to say.

    Parameters
    ----------
    weeks : iterable of str, optional
        Only these; all weeks with an outlook otherwise.

    Returns
    -------
    DataFrame
        See `totals_of`.
    """
    scores = final_scores(workspace, weeks=weeks)
    rows = [run.table("score") for run in scores] or [SCORE.schema.empty_table().to_pandas()]
    judgements = {run.week: run.notes["judgements"] for run in scores}
    baseline = baseline_label(workspace, [run.week for run in scores])
    return totals_of(pd.concat(rows, ignore_index=True), judgements, workspace.settings.learn, baseline=baseline)


def final_scores(workspace: Workspace, *, weeks: Iterable[str] | None = None) -> list[Run]:
    """Return the final score of each week that has one, by the outlook that counts, oldest first.

    Parameters
    ----------
    weeks : iterable of str, optional
        Only these.
    """
    asked = sorted({run.week for run in runs_of(workspace, "outlook")}) if weeks is None else list(weeks)
    return [run for week in asked if (run := _final_score(workspace, week)) is not None]


def baseline_label(workspace: Workspace, weeks: Iterable[str]) -> str:
    """Return what the baseline of these weeks is called on screen; empty when it was not the same in all."""
    outlooks = [run for week in weeks if (run := outlook_that_counts(workspace, week)) is not None]
    names = {run.notes.get("baseline") for run in outlooks}
    name = names.pop() if len(names) == 1 else None
    return "" if name is None else model_label(name)


def totals_of(
    rows: pd.DataFrame, judgements: Judgements, settings: LearnSettings, *, baseline: str = ""
) -> pd.DataFrame:
    """Add final scores up and say what they allow to say.

    The outlook stands beside its baseline, at the share of the area in the settings. Places stand beside the best so
    many cells of the outlook, week by week at the share they covered; places that people added, or called better,
    beside those of the baseline as well. Places that people dropped or lowered stand beside what the outlook expected
    there.

    Parameters
    ----------
    rows : DataFrame
        SCORE contract, ``model`` a `Stream`; one outlook a week.
    judgements : mapping
        How many places each stream pointed at: by week, crime type (or ``all``) and stream.
    settings : LearnSettings
    baseline : str
        What the baseline is called on screen.

    Returns
    -------
    DataFrame, one row a comparison and crime type (``all`` for all together)
        ``stream``, ``beside``, ``weeks``, ``judgements`` (places pointed at), ``mine``, ``theirs`` and ``total``
        (incidents), ``share`` (the difference) with ``low`` and ``high`` (95 %), ``verdict`` (see `Verdict`) and
        ``sentence``.
    """
    found = []
    for crime_type in (EVERY_TYPE, *sorted(rows["crime_type"].unique())):
        of_type = rows if crime_type == EVERY_TYPE else rows[rows["crime_type"] == crime_type]
        found += [
            _row(pairs, stream, beside, crime_type, judgements, settings, baseline)
            for stream, beside, pairs in _comparisons(of_type, settings.area_share)
            if len(pairs)
        ]
    return pd.DataFrame(found, columns=list(COLUMNS))


def _final_score(workspace: Workspace, week: str) -> Run | None:
    outlook = outlook_that_counts(workspace, week)
    score = None if outlook is None else latest_score(workspace, outlook)
    return score if score is not None and score.notes["state"] == FINAL else None


def _comparisons(rows: pd.DataFrame, area_share: float) -> Iterable[tuple[Stream, Stream, pd.DataFrame]]:
    """Yield each comparison with its pairs: ``week``, ``mine``, ``theirs``, ``total``."""
    at_share = rows[np.isclose(rows["area_share"], area_share)]
    mine = at_share[at_share["model"] == Stream.OUTLOOK]
    theirs = at_share[at_share["model"] == Stream.BASELINE]
    yield Stream.OUTLOOK, Stream.BASELINE, _by_week(mine, theirs, "hits", "hits")
    outlook, baseline = (rows[rows["model"] == name] for name in (Stream.OUTLOOK, Stream.BASELINE))
    for stream in PLACES:
        places = rows[rows["model"] == stream]
        if len(places) and stream is Stream.DOUBTED:
            yield stream, Stream.OUTLOOK, _by_week(places, places, "expected", "hits")
        elif len(places):
            yield stream, Stream.OUTLOOK, _by_week(places, outlook, "hits", "hits")
            if stream in (Stream.PERSON, Stream.BETTER):
                yield stream, Stream.BASELINE, _by_week(places, baseline, "hits", "hits")


def _by_week(mine: pd.DataFrame, theirs: pd.DataFrame, of_mine: str, of_theirs: str) -> pd.DataFrame:
    keys = ["week", "crime_type", "area_share"]
    joined = mine[[*keys, "total", of_mine]].merge(
        theirs[[*keys, of_theirs]], on=keys, suffixes=("_mine", "_theirs"), validate="one_to_one"
    )
    left = of_mine if of_mine in joined else f"{of_mine}_mine"
    right = of_theirs if of_theirs in joined else f"{of_theirs}_theirs"
    pairs = joined.rename(columns={left: "mine", right: "theirs"})
    return pairs.groupby("week", sort=True)[["mine", "theirs", "total"]].sum().reset_index()


def _row(
    pairs: pd.DataFrame,
    stream: Stream,
    beside: Stream,
    crime_type: str,
    judgements: Judgements,
    settings: LearnSettings,
    baseline: str,
) -> dict[str, Any]:
    mine, theirs, total = (pairs[name].to_numpy(np.float64) for name in ("mine", "theirs", "total"))
    difference = paired_difference(mine, theirs, total, draws=settings.bootstrap_draws, seed=settings.seed)
    pointed_at = sum(judgements[week][crime_type].get(str(stream), 0) for week in pairs["week"])
    ground = Ground(stream, beside, len(pairs), pointed_at, difference, baseline)
    return {
        "stream": str(stream),
        "beside": str(beside),
        "crime_type": crime_type,
        "weeks": ground.weeks,
        "judgements": pointed_at,
        **asdict(difference),
        "verdict": str(verdict_of(ground, settings)),
        "sentence": sentence_of(ground, settings),
    }
