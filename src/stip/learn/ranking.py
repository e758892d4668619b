# SPDX-License-Identifier: EUPL-1.2
"""Which of people, outlook and baseline did better: a ranking that is made at fixed moments, and how sure it is.

Whoever looks each week and speaks at the first difference finds one where there is none, and so does who looks at
many comparisons. So the ranking is made twice a year, on calendar weeks that are fixed beforehand
(`stip.learn.blocks`), and one comparison carries a verdict: people of the whole town, their own places and *beter
hier* together. All others are shown for comparison, without a verdict. Of a hundred years in which nothing differs,
at most five get a ranking.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from stip.learn.blocks import HALF_YEAR, YEAR, Block
from stip.learn.same_cells import Kind
from stip.settings import LearnSettings

Doubles = npt.NDArray[np.float64]

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
        Who did better; None when nothing can be said, and always in a ranking that carries no verdict.
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
    moment : int
        After how many calendar weeks it was made, 26 or 52; 0 when no moment has come yet.
    weeks : tuple of str
        The final weeks of that block; empty when no moment has come yet.
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
    moment: int
    weeks: tuple[str, ...]
    weeks_judged: int
    judgements: int
    cells: float
    hits: dict[Side, float]
    total: float
    pairs: tuple[Pair, ...]
    lacking: str

    @property
    def carries_verdict(self) -> bool:
        """Whether it may say who did better; else its figures are for comparison only."""
        return carries_verdict(self.kind, self.team)

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
        """How sure what is said is, such as 0.955; 0 when no moment has come, or nothing may be said."""
        return 1 - DOUBT[self.moment] if self.moment and self.carries_verdict else 0.0


def carries_verdict(kind: Kind, team: str) -> bool:
    """Tell which comparison may say who did better: one, so that the doubt of the page is that of one.

    Kinds and teams overlap, and each at the same doubt would together be wrong far more often.
    """
    return kind is Kind.PEOPLE and not team


def rank(
    rows: pd.DataFrame, block: Block, settings: LearnSettings, *, kind: Kind = Kind.PEOPLE, team: str = ""
) -> Ranking:
    """Rank the sides, as far as that can be said.

    The sides stand beside each other within each week, so that a busy week is no difference, and cells that both
    point at count for neither. First all sides together (Hotelling's T²), then each two (Student's t), each at the
    doubt of the moment: with three sides this closed procedure keeps the chance of any wrong claim at that doubt
    (Marcus, Peritz and Gabriel 1976). The doubt of the year is divided over its two moments (Bonferroni). Only the
    ranking of people of the whole town says who did better (`carries_verdict`); the others get the same intervals.

    Parameters
    ----------
    rows : DataFrame
        BESIDE contract, final, one outlook a week.
    block : Block
        The weeks on which it stands.
    settings : LearnSettings
    kind : Kind
    team : str
        Code; empty for all together.
    """
    mine = rows[(rows["kind"] == str(kind)) & (rows["team"] == team)]
    now = mine[mine["week"].isin(block.weeks)].sort_values("week") if block.moment else mine
    sides = [side for side in Side if len(now) and now[str(side)].notna().all()]
    lacking = _lacking(block, now, settings)
    return Ranking(
        kind=kind,
        team=team,
        moment=block.moment,
        weeks=block.weeks,
        weeks_judged=len(now),
        judgements=int(now["judgements"].sum()),
        cells=float(now["cells"].mean()) if len(now) else 0.0,
        hits={side: float(now[str(side)].sum()) for side in sides},
        total=float(now["total"].sum()),
        pairs=() if lacking else _pairs(now, sides, DOUBT[block.moment], carries_verdict(kind, team)),
        lacking=lacking,
    )


def _lacking(block: Block, now: pd.DataFrame, settings: LearnSettings) -> str:
    count = int(now["judgements"].sum())
    if count < settings.verdict_judgements:
        return f"er zijn {count} oordelen en er zijn er {settings.verdict_judgements} nodig"
    if not block.moment:
        if not block.next_at:
            return "in stip.toml is bij learn.measure nog geen eerste week ingevuld (from_week)"
        return f"de eerste volgorde komt als {block.next_at} definitief is"
    if len(now) < settings.verdict_weeks:
        return f"in {len(now)} weken was er een oordeel en er zijn {settings.verdict_weeks} van zulke weken nodig"
    if now["total"].sum() < settings.verdict_incidents:
        return f"er zijn {now['total'].sum():.0f} meldingen en er zijn er {settings.verdict_incidents} nodig"
    return ""


def _pairs(now: pd.DataFrame, sides: Sequence[Side], doubt: float, verdict: bool) -> tuple[Pair, ...]:
    hits = now[[str(side) for side in sides]].to_numpy(np.float64)
    differ = len(sides) < 3 or _p_together(hits[:, :-1] - hits[:, 1:]) <= doubt
    total = float(now["total"].sum())
    found = []
    for one, other in combinations(sides, 2):
        mine, theirs = hits[:, sides.index(one)], hits[:, sides.index(other)]
        enough = differ and float(mine.sum() + theirs.sum()) >= _FEWEST_HITS
        found.append(_pair(one, other, mine - theirs, total, doubt, enough))
    return tuple(found if verdict else [replace(pair, better=None) for pair in found])


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
