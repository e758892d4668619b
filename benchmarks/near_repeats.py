# SPDX-License-Identifier: EUPL-1.2
"""Near repeats beside pointpats.knox: the same counts and chances, in how much time and memory.

Usage: ``python benchmarks/near_repeats.py [--small] [--peers-python PYTHON]``. Every contender runs in a process of
its own, on one thread, on the same incidents: 50,000 (small: 5,000) in 10 × 10 km over two years, as uneven as in a
town (most of them in a centre of 2 km, cells of 125 m that differ much), a tenth of which follow another within 200 m
and 14 days. Time is processor time, after a first call on a few incidents (compiled code is loaded in it). Writes
benchmarks/results/near_repeats.json (small: prints only).
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from children import check, child, measured, peers_python, write_result

BANDS_M, BANDS_DAYS = (100, 200, 300, 400, 500), (7, 14, 21, 28)
ONE_M, ONE_DAYS = 200, 14
PERMUTATIONS = 99
AGREE = [(metres, days) for metres in (100, 200, 400) for days in (7, 14)]
AGREE_INCIDENTS, AGREE_PERMUTATIONS = 2_000, 499
SEED = 20260907


def incidents(number: int, followers: float) -> Any:
    """Return x, y in metres and t in days, shape (3, number), of which a share follows another."""
    import numpy as np

    draw = np.random.default_rng(SEED)
    column, row = np.meshgrid(np.arange(80), np.arange(80), indexing="ij")
    from_centre = np.hypot(column - 39.5, row - 39.5) * 125
    busy = draw.gamma(0.5, 1.0, (80, 80)) * (0.08 + np.exp(-((from_centre / 2000) ** 2)))
    cell = draw.choice(6400, number, p=busy.ravel() / busy.sum())
    x, y = (cell // 80 + draw.random(number)) * 125, (cell % 80 + draw.random(number)) * 125
    t = draw.uniform(0, 730, number)
    follows = draw.random(number) < followers
    leader = draw.integers(0, number, number)[follows]
    turn, far = draw.uniform(0, 2 * np.pi, len(leader)), 200 * np.sqrt(draw.random(len(leader)))
    x[follows], y[follows] = x[leader] + far * np.cos(turn), y[leader] + far * np.sin(turn)
    t[follows] = t[leader] + draw.uniform(0, 14, len(leader))
    return np.array([x, y, t])


def peer(x: Any, y: Any, t: Any, metres: float, days: float, permutations: int) -> tuple[int, float]:
    """Return the count and the chance by pointpats."""
    import numpy as np
    from pointpats import knox

    np.random.seed(SEED)  # noqa: NPY002  the peer draws from the global state
    places, moments = np.column_stack([x, y]), t[:, None].copy()
    found = knox(places, moments, delta=metres, tau=days, permutations=permutations)
    return int(found["stat"]), float(np.ravel(found["pvalue"])[0])


def run_child(contender: str, number: int) -> None:
    """Measure one contender."""
    # Without followers the chances lie anywhere between 0 and 1, and so can differ.
    x, y, t = incidents(number, 0.0 if "agree" in contender else 0.1)
    few = x[:50], y[:50], t[:50]
    if contender == "peer_one":
        peer(*few, ONE_M * 50, ONE_DAYS * 50, 9)
        measured(lambda: dict(zip(("pairs", "p"), peer(x, y, t, ONE_M, ONE_DAYS, PERMUTATIONS), strict=True)))
        return
    if contender == "peer_agree":
        measured(lambda: {"bands": [peer(x, y, t, *band, AGREE_PERMUTATIONS) for band in AGREE]})
        return
    from stip.explore import near_repeat_chains, near_repeats, same_place_repeats

    def bands(metres: tuple[float, ...], days: tuple[float, ...], permutations: int) -> list[Any]:
        found = near_repeats(x, y, t, distances_m=metres, days=days, permutations=permutations, seed=SEED)
        return found[["observed", "p_value"]].to_numpy().tolist()

    def one() -> dict[str, Any]:
        pairs, p = bands((ONE_M,), (ONE_DAYS,), PERMUTATIONS)[0]
        return {"pairs": int(pairs), "p": p}

    def chains() -> dict[str, Any]:
        found = near_repeat_chains(x, y, t, distance_m=ONE_M, days=ONE_DAYS, permutations=PERMUTATIONS, seed=SEED)
        return {"chains": json.loads(found.to_json(orient="records"))}

    work = {
        "one": one,
        "bands": lambda: {"bands": bands(BANDS_M, BANDS_DAYS, PERMUTATIONS)},
        "agree": lambda: {"bands": [bands((m,), (d,), AGREE_PERMUTATIONS)[0] for m, d in AGREE]},
        "chains": chains,
        "same_place": lambda: {"repeats": len(same_place_repeats(x, y, t, permutations=PERMUTATIONS, seed=SEED))},
    }[contender]
    near_repeats(*few, permutations=1)
    near_repeat_chains(*few, permutations=1)
    measured(work, times=3)


def agreement(ours: list[Any], theirs: list[Any]) -> tuple[bool, float]:
    """Return whether the counts are the same, and the largest difference of chances in standard errors.

    The peer folds its chance: it takes the smaller of the two tails. Ours is folded here for the comparison.
    """
    same, furthest = True, 0.0
    n = AGREE_PERMUTATIONS
    for (pairs, p), (their_pairs, their_p) in zip(ours, theirs, strict=True):
        same &= int(pairs) == their_pairs
        reached = round(p * (n + 1)) - 1
        folded = (min(reached, n - reached) + 1) / (n + 1)
        middle = (folded + their_p) / 2
        error = max((2 * middle * (1 - middle) / n) ** 0.5, 1 / (n + 1))
        furthest = max(furthest, abs(folded - their_p) / error)
    return same, furthest


def main() -> None:
    """Run all contenders, print the table, assert the ratios."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--small", action="store_true", help="5,000 incidents; nothing is written")
    reader.add_argument("--peers-python", type=Path, default=None, help="a Python with pointpats")
    reader.add_argument("--child", nargs=2, metavar=("CONTENDER", "INCIDENTS"), help=argparse.SUPPRESS)
    asked = reader.parse_args()
    if asked.child:
        run_child(asked.child[0], int(asked.child[1]))
        return
    script, theirs = Path(__file__), peers_python(asked.peers_python)
    number = 5_000 if asked.small else 50_000
    found = {name: child(script, name, number) for name in ("one", "bands", "chains", "same_place")}
    found["peer_one"] = child(script, "peer_one", number, python=theirs)
    agree = child(script, "agree", AGREE_INCIDENTS)
    peer_agree = child(script, "peer_agree", AGREE_INCIDENTS, python=theirs)
    same, furthest = agreement(agree["bands"], peer_agree["bands"])

    labels = {
        "one": f"Stip, {ONE_M} m × {ONE_DAYS} days",
        "peer_one": f"pointpats.knox, {ONE_M} m × {ONE_DAYS} days",
        "bands": f"Stip, {len(BANDS_M)} × {len(BANDS_DAYS)} bands to {BANDS_M[-1]} m, {BANDS_DAYS[-1]} days",
        "chains": f"Stip, chains at {ONE_M} m, {ONE_DAYS} days",
        "same_place": "Stip, same place, 5 bands",
    }
    print(f"{number:,} incidents, {PERMUTATIONS} permutations, one thread, python {sys.version.split()[0]}\n")
    print(f"{'':48}{'cpu s':>9}{'peak MB':>9}{'added MB':>10}{'peer ÷ this':>13}")
    for name, label in labels.items():
        row = found[name]
        times = found["peer_one"]["cpu_s"] / max(row["cpu_s"], 1e-4)
        print(f"{label:48}{row['cpu_s']:9.3f}{row['peak_mb']:9.0f}{row['added_mb']:10.0f}{times:13.1f}")
    print()
    faster = found["peer_one"]["cpu_s"] / max(found["one"]["cpu_s"], 1e-4)
    memory = found["one"]["added_mb"] / found["peer_one"]["added_mb"]
    whole = found["one"]["peak_mb"] / found["peer_one"]["peak_mb"]
    all_bands = found["bands"]["cpu_s"] / found["peer_one"]["cpu_s"]
    bounds = {
        f"the same pairs in one band: {found['one']['pairs']}": found["one"]["pairs"] == found["peer_one"]["pairs"],
        f"the same pairs in {len(AGREE)} bands of {AGREE_INCIDENTS} incidents": same,
        f"chances within 4 standard errors of the peer's (furthest {furthest:.1f})": furthest <= 4,
        "no chance is 0": min(p for _, p in found["bands"]["bands"]) > 0,
    }
    if asked.small:
        bounds[f"one band at least 8 times faster: {faster:.0f}"] = faster >= 8
    else:
        bounds[f"one band at least 25 times faster: {faster:.0f}"] = faster >= 25
        bounds[
            f"adds under a quarter of the memory: {memory:.2f} (whole processes, imports and all: {whole:.2f})"
        ] = memory < 0.25
        bounds[f"all bands in a quarter of the peer's one: {all_bands:.3f}"] = all_bands <= 0.25
        facts = {"incidents": number, "permutations": PERMUTATIONS, "contenders": found}
        facts |= {
            "faster": round(faster, 1),
            "memory_added": round(memory, 3),
            "memory_whole": round(whole, 3),
            "all_bands": round(all_bands, 4),
        }
        facts |= {"agree": {"same_pairs": same, "furthest_standard_errors": round(furthest, 2)}, "bounds": bounds}
        print(write_result("near_repeats", facts))
    check(bounds)


if __name__ == "__main__":
    main()
