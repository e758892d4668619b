# SPDX-License-Identifier: EUPL-1.2
"""Which of people, outlook and baseline did better: a ranking that is made at fixed moments, and how sure it is.

Whoever looks each week and speaks at the first difference finds one where there is none. So the ranking is made twice
a year, on weeks that are fixed beforehand: after 26 final weeks and after 52. In between it stands as it was, however
often one looks. Of a hundred years in which nothing differs, at most five get a ranking.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from stip.learn.same_cells import Kind
from stip.settings import LearnSettings

Doubles = npt.NDArray[np.float64]

HALF_YEAR, YEAR = 26, 52
_FEWEST_HITS = 10
"""Incidents that two sides have together; of fewer, weeks say too little for Student's t."""
DOUBT = {HALF_YEAR: 0.005, YEAR: 0.045}
"""Chance of a wrong ranking at each moment; together five in a hundred a year."""


class Side(StrEnum):
    """Who points at cells."""

    PEOPLE = "people"
    OUTLOOK = "outlook"
    BASELINE = "baseline"


@dataclass(frozen=True)
class Pair:
    """Two sides beside each other.

    Attributes
    ----------
    first, second : Side
    share, low, high : float
        Hits of the first less those of the second, as a share of all incidents, with its interval.
    better : Side or None
        Who did better; None when nothing can be said.
    """

    first: Side
    second: Side
    share: float
    low: float
    high: float
    better: Side | None


@dataclass(frozen=True)
class Ranking:
    """What may be said of one kind of judgement by one team, or by all together.

    Attributes
    ----------
    kind : Kind
    team : str
        Code; empty for all together.
    weeks : tuple of str
        The final weeks it rests on; empty when no moment has come yet.
    weeks_judged : int
        In how many of them somebody judged.
    judgements : int
    cells : float
        How many cells each side had, in a week with a judgement.
    hits : dict of Side to float
        Of the weeks with a judgement.
    total : float
        Incidents in those weeks.
    pairs : tuple of Pair
        Empty when nothing may be said yet.
    lacking : str
        Dutch: why nothing may be said yet; empty otherwise.
    """

    kind: Kind
    team: str
    weeks: tuple[str, ...]
    weeks_judged: int
    judgements: int
    cells: float
    hits: dict[Side, float]
    total: float
    pairs: tuple[Pair, ...]
    lacking: str

    @property
    def order(self) -> tuple[Side, ...]:
        """All sides, best first, when each differs from the next; else empty."""
        sides = sorted(self.hits, key=lambda side: -self.hits[side])
        known = {(pair.better, _other(pair)) for pair in self.pairs if pair.better is not None}
        whole = bool(self.pairs) and all(step in known for step in zip(sides, sides[1:], strict=False))
        return tuple(sides) if whole else ()

    @property
    def says_nothing(self) -> bool:
        """Whether no side can be told from another."""
        return all(pair.better is None for pair in self.pairs)

    @property
    def certainty(self) -> float:
        """How sure what is said is, such as 0.955; 0 when no moment has come."""
        return 1 - DOUBT[len(self.weeks)] if len(self.weeks) in DOUBT else 0.0


def weeks_judged_on(weeks: Sequence[str]) -> tuple[str, ...]:
    """Return the weeks on which the ranking stands now, of all final weeks in order.

    Years follow each other: 52 final weeks each. A year that is not half done yet says nothing by itself; then the
    year before still stands.

    Examples
    --------
    >>> [len(weeks_judged_on([f"w{n}" for n in range(many)])) for many in (25, 26, 51, 52, 77, 78)]
    [0, 26, 26, 52, 52, 26]
    """
    years, rest = divmod(len(weeks), YEAR)
    if rest >= HALF_YEAR:
        return tuple(weeks[years * YEAR : years * YEAR + HALF_YEAR])
    return tuple(weeks[(years - 1) * YEAR : years * YEAR]) if years else ()


def rank(
    rows: pd.DataFrame, weeks: Sequence[str], settings: LearnSettings, *, kind: Kind = Kind.PEOPLE, team: str = ""
) -> Ranking:
    """Rank the sides, as far as that can be said.

    The sides stand beside each other within each week, so that a busy week is no difference, and cells that both
    point at count for neither. First all sides together (Hotelling's T²), then each two (Student's t), each at the
    doubt of the moment: with three sides this closed procedure keeps the chance of any wrong claim at that doubt
    (Marcus, Peritz and Gabriel 1976). The doubt of the year is divided over its two moments (Bonferroni).

    Parameters
    ----------
    rows : DataFrame
        BESIDE contract, final, one outlook a week.
    weeks : sequence of str
        All final weeks, ascending, also those without a judgement.
    settings : LearnSettings
    kind : Kind
    team : str
        Code; empty for all together.
    """
    judged_on = weeks_judged_on(weeks)
    mine = rows[(rows["kind"] == str(kind)) & (rows["team"] == team)]
    now = mine[mine["week"].isin(judged_on)].sort_values("week") if judged_on else mine
    sides = [side for side in Side if len(now) and now[str(side)].notna().all()]
    lacking = _lacking(kind, len(weeks), judged_on, now, settings)
    return Ranking(
        kind=kind,
        team=team,
        weeks=judged_on,
        weeks_judged=len(now),
        judgements=int(now["judgements"].sum()),
        cells=float(now["cells"].mean()) if len(now) else 0.0,
        hits={side: float(now[str(side)].sum()) for side in sides},
        total=float(now["total"].sum()),
        pairs=() if lacking else _pairs(now, sides, DOUBT[len(judged_on)]),
        lacking=lacking,
    )


def _lacking(kind: Kind, known: int, judged_on: tuple[str, ...], now: pd.DataFrame, settings: LearnSettings) -> str:
    count = int(now["judgements"].sum())
    if count < settings.verdict_judgements:
        return f"er zijn {count} oordelen en er zijn er {settings.verdict_judgements} nodig"
    if not judged_on:
        return f"er zijn {known} definitieve weken en er zijn er {HALF_YEAR} nodig"
    if len(now) < settings.verdict_weeks:
        return f"in {len(now)} weken was er een oordeel en er zijn {settings.verdict_weeks} van zulke weken nodig"
    if now["total"].sum() < settings.verdict_incidents:
        return f"er zijn {now['total'].sum():.0f} meldingen en er zijn er {settings.verdict_incidents} nodig"
    return ""


def _pairs(now: pd.DataFrame, sides: Sequence[Side], doubt: float) -> tuple[Pair, ...]:
    hits = now[[str(side) for side in sides]].to_numpy(np.float64)
    differ = len(sides) < 3 or _p_together(hits[:, :-1] - hits[:, 1:]) <= doubt
    total = float(now["total"].sum())
    found = []
    for one, other in combinations(sides, 2):
        mine, theirs = hits[:, sides.index(one)], hits[:, sides.index(other)]
        enough = differ and float(mine.sum() + theirs.sum()) >= _FEWEST_HITS
        found.append(_pair(one, other, mine - theirs, total, doubt, enough))
    return tuple(found)


def _pair(first: Side, second: Side, differences: Doubles, total: float, doubt: float, sure: bool) -> Pair:
    weeks = len(differences)
    mean = float(differences.mean())
    error = float(differences.std(ddof=1)) / np.sqrt(weeks)
    reach = float(stats.t.ppf(1 - doubt / 2, weeks - 1)) * error
    low, high = mean - reach, mean + reach
    if not sure:  # what all sides together do not show, no two of them show; nor do a handful of incidents
        low, high = min(low, 0.0), max(high, 0.0)
    better = first if low > 0 else second if high < 0 else None
    per_incident = weeks / total
    return Pair(first, second, mean * per_incident, low * per_incident, high * per_incident, better)


def _p_together(differences: Doubles) -> float:
    """Return the chance of differences like these where no side differs from another: Hotelling's T²."""
    weeks = len(differences)
    mean = differences.mean(axis=0)
    sizes, ways = np.linalg.eigh(np.cov(differences, rowvar=False))
    along = ways.T @ mean
    spread = sizes > 1e-12 * max(1.0, float(sizes.max()))
    if np.any(np.abs(along[~spread]) > 1e-9):
        return 0.0  # a difference that is the same each week
    free = int(spread.sum())
    if not free:
        return 1.0
    squared = weeks * float(np.sum(along[spread] ** 2 / sizes[spread]))
    return float(stats.f.sf(squared * (weeks - free) / (free * (weeks - 1)), free, weeks - free))


def _other(pair: Pair) -> Side:
    return pair.second if pair.better is pair.first else pair.first
