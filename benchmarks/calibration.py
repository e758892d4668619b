# SPDX-License-Identifier: EUPL-1.2
"""Do counts lie where the outlook said? Neighbourhoods, districts, years and late reports, with asserted bounds.

Usage: ``python benchmarks/calibration.py [--final] [--data FOLDER] [--work FOLDER]``. Judges the outlooks
that ``accuracy.py`` made, and makes them when they are not there. Intervals are those of the library: learned, at
each week's cut-off, from the 12 weeks before, and of the town as a whole from the 104 before.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import numpy as np
from about import ROOT, about
from accuracy import RESULTS
from accuracy_pairs import Pair, Period, read_pairs
from accuracy_run import Found, history_of_pair, open_town, run_pair
from calibration_measures import (
    corrected,
    delayed,
    district_months,
    error_of_sum,
    from_uniform,
    neighbourhood_weeks,
    whole_counts,
)

from stip.outlook import RECORD_WEEKS, Dispersion, History, Truth, read_districts
from stip.outlook.intervals import DispersionGauge
from stip.outlook.level import expected_total
from stip.space import week_number

SEED = 20160321
TOWN_WEEKS, YEAR, LATE_WEEKS = 104, 52, 6

BOUND_PIT, BOUND_COVER, BOUND_YEAR, BOUND_LATE = 0.05, (0.76, 0.84), 0.03, 0.05


def run(pair: Pair, period: Period, data: Path, work: Path) -> dict[str, Any]:
    """Return the measures of one pair."""
    found = run_pair(pair, period, data, work)
    history, _ = history_of_pair(pair, period, data, work)
    expected, came = found.forecasts()
    first = week_number(pair.ends(period)[0])
    settled = len(expected) - (LATE_WEEKS if _has_late_reports(history) else 0)
    expected, came = expected[:settled], came[:settled]
    spread = _dispersions(found, history, expected, came, first)
    scored = range(first + RECORD_WEEKS, first + settled)
    whole = whole_counts(history, pair.crime_type, scored, seed=SEED)
    mean, values = neighbourhood_weeks(expected[RECORD_WEEKS:], whole, history.area.zones, spread, seed=SEED)
    months = district_months(
        expected[RECORD_WEEKS:],
        came[RECORD_WEEKS:],
        history.area.zones,
        read_districts(open_town(pair.town, data, work), history.area),
        spread,
    )
    inside = (months[:, 3] >= months[:, 1]) & (months[:, 3] <= months[:, 2])
    figures = {
        "pair": str(pair),
        "weeks": settled,
        "neighbourhood_weeks": len(values),
        "pit_from_uniform": round(from_uniform(values), 4),
        "pit_from_uniform_where_1_expected": round(from_uniform(values[mean >= 1]), 4) if (mean >= 1).any() else None,
        "district_months": len(months),
        "district_months_inside": int(inside.sum()),
        "expected_over_came": [
            round(float(expected[end - YEAR : end].sum() / came[end - YEAR : end].sum()), 4)
            for end in range(settled, YEAR - 1, -YEAR)
        ]
        or [round(float(expected.sum() / came.sum()), 4)],
        "standard_error_of_a_year": round(
            error_of_sum(expected.sum(axis=1), came.sum(axis=1), min(YEAR, settled)), 4
        ),
        "dispersion": {
            name: round(float(np.mean([getattr(each, name) for each in spread])), 4)
            for name in Dispersion().to_dict()
        },
    }
    if pair.town == "chicago":  # in its file a report is known when it happens, so delays can be put in
        figures["with_delays"] = _late(history, pair.crime_type)
    print(json.dumps(figures), flush=True)
    return figures


def _has_late_reports(history: History) -> bool:
    return bool(np.mean(history.known_week - history.occurred_week > 1) > 0.01)


def _dispersions(
    found: Found, history: History, expected: np.ndarray, came: np.ndarray, first: int
) -> list[Dispersion]:
    """Return what the outlook would have learned of its errors at the cut-off of each week."""
    kind, truth = found.pair.crime_type, Truth(history)
    in_town = {
        week: (expected_total(history.as_known(week), kind), float(truth.counts(kind, week).sum()))
        for week in range(max(first - TOWN_WEEKS, history.first_week + 26), first + len(expected))
    }
    learned = []
    for week in range(RECORD_WEEKS, len(expected)):
        gauge = DispersionGauge(history.area.zones)
        for past in range(week - RECORD_WEEKS, week):
            gauge.add(expected[past], came[past])
        for past in range(first + week - TOWN_WEEKS, first + week - RECORD_WEEKS):
            if past in in_town:
                gauge.add_town(*in_town[past])
        learned.append(gauge.dispersion())
    return learned


def _late(history: History, crime_type: str) -> dict[str, list[float]]:
    """Return, by age of a week, which part was known and what the correction made of it, over what came."""
    cutoffs = range(history.cutoff_week - YEAR, history.cutoff_week - LATE_WEEKS)
    known, mended, came = corrected(delayed(history, seed=SEED), history, crime_type, cutoffs)
    return {
        "known": [round(float(share), 3) for share in known / came],
        "corrected": [round(float(ratio), 4) for ratio in mended / came],
    }


def bounds(found: list[dict[str, Any]]) -> list[tuple[str, bool]]:
    """Return each bound as a sentence with what was seen, and whether it holds."""
    worst = max(found, key=lambda each: each["pit_from_uniform"])
    months = sum(each["district_months"] for each in found)
    cover = sum(each["district_months_inside"] for each in found) / max(months, 1)
    years = {(each["pair"], place): ratio for each in found for place, ratio in enumerate(each["expected_over_came"])}
    furthest = max(years, key=lambda year: abs(years[year] - 1))
    beyond = [f"{pair} {ratio:.3f}" for (pair, _), ratio in years.items() if abs(ratio - 1) > BOUND_YEAR]
    told = [
        (
            f"PIT of neighbourhood × week is at most {worst['pit_from_uniform']:.3f} from uniform ({worst['pair']}); "
            f"the bound is {BOUND_PIT}.",
            worst["pit_from_uniform"] <= BOUND_PIT,
        ),
        (
            f"80 % intervals of district × 4 weeks hold {cover:.1%} of {months} counts; the bound is 76 to 84 %.",
            months == 0 or BOUND_COVER[0] <= cover <= BOUND_COVER[1],
        ),
        (
            f"Expected ÷ came over a year is furthest from 1 at {years[furthest]:.3f} ({furthest[0]}); the bound is "
            f"3 %; beyond it: {', '.join(beyond) or 'none'}.",
            not beyond,
        ),
    ]
    late = [abs(ratio - 1) for each in found if "with_delays" in each for ratio in each["with_delays"]["corrected"]]
    if late:
        told.append(
            (
                f"With delays drawn, corrected weeks are at most {max(late):.1%} off; the bound is 5 %.",
                max(late) <= BOUND_LATE,
            )
        )
    return told


def main() -> None:
    """Run it, write the figures, and end with 1 when a bound does not hold."""
    known = read_pairs()
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    reader.add_argument("--work", type=Path, default=Path(gettempdir()) / "stip-bench")
    reader.add_argument("--final", action="store_true", help="the final period, once per tagged model")
    asked = reader.parse_args()
    if not asked.data.is_dir():
        reader.error(f"{asked.data} is not there; the real incidents are not part of the project.")
    os.environ.setdefault("STIP_KEYS", str(asked.work / "keys"))
    period: Period = "final" if asked.final else "tuning"
    names = [name for name in known if not known[name].made_up]
    found = [run(known[name], period, asked.data, asked.work) for name in names]
    told = bounds(found)
    figures = {
        "period": period,
        "pairs": found,
        "bounds": [{"told": sentence, "holds": holds} for sentence, holds in told],
        "about": about(),
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"calibration_{period}.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    for sentence, holds in told:
        print(f"{'holds' if holds else 'FAILS'}: {sentence}")
    if not all(holds for _, holds in told):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
