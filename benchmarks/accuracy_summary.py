# SPDX-License-Identifier: EUPL-1.2
"""From score rows of pairs to the bounds: beside the best baseline of each pair, and the best one for all pairs."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from accuracy_beside import MODEL, ORACLE
from accuracy_ground import GROUND
from accuracy_run import Found
from sample_filter import REACHABLE

from stip.outlook import compare, summary

MAIN = 0.03
SHARES = (0.01, 0.03, 0.05)
DRAWS = 2000
SEED = 20160321

BOUND_BEST_OF_EACH = 1.04
BOUND_ONE_FOR_ALL = 1.08
BOUND_REACHABLE = 0.95

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Ratio:
    """A ratio of hits, with its 95 % interval by paired bootstrap over weeks."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.low:.3f}–{self.high:.3f})"

    def to_dict(self) -> dict[str, float]:
        """Return it in figures that can be written down."""
        return {"ratio": round(self.value, 4), "low": round(self.low, 4), "high": round(self.high, 4)}


def geometric_mean(ratios: Doubles) -> Doubles:
    """Return the geometric mean over the first axis: pairs count the same, however many incidents they have.

    Examples
    --------
    >>> geometric_mean(np.array([[2.0], [0.5]]))
    array([1.])
    """
    return np.exp(np.log(ratios).mean(axis=0))


class Weekly:
    """Hits by week and model of one pair, and the same drawn weeks for every pair of its town.

    Parameters
    ----------
    found : Found
    area_share : float
    counted : str
        ``hits``, or in the sample town ``expected_hits``: the same without the luck of the counts.
    """

    def __init__(self, found: Found, area_share: float = MAIN, *, counted: str = "hits") -> None:
        rows = found.rows[found.rows["area_share"] == area_share]
        self.pair = found.pair
        self.hits = rows.pivot_table(index="week", columns="model", values=counted, aggfunc="sum")
        weeks = len(self.hits)
        # Reports of one town share its weeks: its pairs are drawn together, towns apart.
        draw = np.random.default_rng([SEED, zlib.crc32(found.pair.town.encode())])
        self._times = np.vstack([np.ones((1, weeks)), draw.multinomial(weeks, np.full(weeks, 1 / weeks), size=DRAWS)])

    @property
    def baselines(self) -> list[str]:
        """Everything that stands beside the model, but not who knows more than was reported."""
        return [str(name) for name in self.hits.columns if name not in (MODEL, ORACLE, GROUND, REACHABLE)]

    @property
    def best(self) -> str:
        """The baseline that caught most, seen afterwards."""
        return str(self.hits[self.baselines].sum().idxmax())

    def ratios(self, one: str, other: str) -> Doubles:
        """Return hits of one ÷ hits of the other: first as they came, then in each draw of weeks."""
        mine, theirs = (self._times @ self.hits[name].to_numpy(np.float64) for name in (one, other))
        return np.asarray(np.maximum(mine, 1e-9) / np.maximum(theirs, 1e-9))


def ratio_of(drawn: Doubles) -> Ratio:
    """Return a ratio and its interval from the value as it came, followed by the draws."""
    low, high = np.quantile(drawn[1:], [0.025, 0.975])
    return Ratio(float(drawn[0]), float(low), float(high))


def one_for_all(pairs: list[Weekly]) -> tuple[str, Ratio]:
    """Return the baseline that, fixed for all pairs, is the hardest, and the model beside it in geometric mean."""
    shared = set.intersection(*(set(pair.baselines) for pair in pairs))
    beside = {name: geometric_mean(np.array([pair.ratios(MODEL, name) for pair in pairs])) for name in sorted(shared)}
    hardest = min(beside, key=lambda name: float(beside[name][0]))
    return hardest, ratio_of(beside[hardest])


def surely_below(pairs: list[Weekly]) -> list[str]:
    """Return where the model caught surely less than a baseline: the whole interval under 1."""
    return [
        f"{pair.pair} beside {name}"
        for pair in pairs
        for name in pair.baselines
        if ratio_of(pair.ratios(MODEL, name)).high < 1
    ]


def account(found: list[Found]) -> dict[str, Any]:
    """Return the figures over all pairs that were run: those of real towns together, the sample town by itself."""
    by_share: dict[str, Any] = {}
    for share in SHARES:
        real = [Weekly(each, share) for each in found if not each.pair.made_up]
        if not real:
            continue
        each_best = geometric_mean(np.array([pair.ratios(MODEL, pair.best) for pair in real]))
        hardest, beside = one_for_all(real)
        by_share[str(share)] = {
            "best_of_each": ratio_of(each_best).to_dict(),
            "one_for_all": beside.to_dict() | {"beside": hardest},
            "surely_below": surely_below(real),
            "pairs": {
                str(pair.pair): ratio_of(pair.ratios(MODEL, pair.best)).to_dict() | {"beside": pair.best}
                for pair in real
            },
        }
    made_up = [each for each in found if each.pair.made_up]
    return {
        "by_share": by_share,
        "oracle": {str(each.pair): _shares_of(ORACLE, Weekly(each)) for each in made_up},
        "oracle_expected": {str(each.pair): _shares_of(ORACLE, _expected(each)) for each in made_up},
        "reachable": {str(each.pair): _shares_of(REACHABLE, Weekly(each)) for each in made_up},
        "reachable_expected": {str(each.pair): _shares_of(REACHABLE, _expected(each)) for each in made_up},
    }


def _expected(found: Found) -> Weekly:
    return Weekly(found, counted="expected_hits")


def _shares_of(whole: str, weekly: Weekly) -> dict[str, dict[str, float]]:
    """Return what each caught of what one who knows more than was reported caught."""
    return {
        str(name): ratio_of(weekly.ratios(str(name), whole)).to_dict()
        for name in weekly.hits.columns
        if name not in (whole, ORACLE)
    }


def bounds(accounted: dict[str, Any], *, every_pair: bool) -> list[tuple[str, bool]]:
    """Return each bound as a sentence with what was seen, and whether it holds.

    Parameters
    ----------
    every_pair : bool
        The means are promised over all pairs of real towns, not over some.
    """
    told = []
    main = accounted["by_share"].get(str(MAIN))
    if main and every_pair:
        each, one = main["best_of_each"], main["one_for_all"]
        told += [
            (
                f"In geometric mean over {len(main['pairs'])} pairs the outlook caught {_told(each)} times what the "
                f"best baseline of each pair caught; the bound is {BOUND_BEST_OF_EACH}.",
                each["ratio"] >= BOUND_BEST_OF_EACH,
            ),
            (
                f"It caught {_told(one)} times what {one['beside']} caught, the best baseline fixed for all pairs; "
                f"the bound is {BOUND_ONE_FOR_ALL}.",
                one["ratio"] >= BOUND_ONE_FOR_ALL,
            ),
        ]
    if main:
        told.append(
            (
                f"It is surely below a baseline in: {', '.join(main['surely_below']) or 'no pair'}; "
                "the bound is no pair.",
                not main["surely_below"],
            )
        )
    for pair, models in accounted["reachable_expected"].items():
        mine, counted = models[MODEL], accounted["reachable"][pair][MODEL]
        told.append(
            (
                f"{pair}: the outlook's cells held {_told(mine)} of what those of who knows how the town was made "
                f"held, by the true intensity (by counted incidents {_told(counted)}); the bound is "
                f"{BOUND_REACHABLE}.",
                mine["ratio"] >= BOUND_REACHABLE,
            )
        )
    return told


def figures_of(found: Found) -> dict[str, Any]:
    """Return what is written down of one pair: n, N, rates and ratios of every model."""
    rows = found.rows[found.rows["area_share"].isin(SHARES)]
    return found.facts | {
        "models": summary(rows, n_cells=found.facts["cells"]).drop(columns="crime_type").to_dict("records"),
        "compare": compare(rows, MODEL, seed=SEED).drop(columns=["crime_type", "model"]).to_dict("records"),
    }


def _told(ratio: dict[str, float]) -> str:
    return str(Ratio(ratio["ratio"], ratio["low"], ratio["high"]))
