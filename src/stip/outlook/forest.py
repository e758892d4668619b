# SPDX-License-Identifier: EUPL-1.2
"""Small boosted trees, asked about all cells at once: a comparison a split instead of a walk a cell.

Each leaf of a tree is a bit. A split that a cell does not pass strikes out the leaves on its left; the lowest bit
that is left is the leaf in which the cell ends.

References
----------
Lucchese et al. (2015), QuickScorer: a fast algorithm to rank documents with additive ensembles of regression trees,
SIGIR.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit
from sklearn.ensemble import HistGradientBoostingRegressor

from stip.outlook.area import Doubles, Floats

MOST_LEAVES = 8

_AT_ONCE = 4096  # rows: so that they stay in the processor's own memory
_FIRST_LEFT = np.array([next((leaf for leaf in range(8) if not struck >> leaf & 1), 0) for struck in range(256)])


@dataclass(frozen=True, eq=False)
class _Tree:
    """Splits (sign, limit from which a cell goes right, leaves that this strikes out); values by what is struck."""

    splits: list[tuple[int, np.float32, np.uint8]]
    values: Doubles


class Forest:
    """The trees of a fitted regressor whose inputs were numbers of bins.

    Parameters
    ----------
    fitted : HistGradientBoostingRegressor
        Poisson, with at most `MOST_LEAVES` leaves a tree.
    edges : list of ndarray
        For each sign the borders between its bins, ascending.
    """

    def __init__(self, fitted: HistGradientBoostingRegressor, edges: list[Floats]) -> None:
        # scikit-learn has no public way to its trees; a test holds `predict` beside its own.
        self._base = float(np.ravel(fitted._baseline_prediction)[0])
        trees = [_tree(of_step[0].nodes, edges) for of_step in fitted._predictors]
        splits = [split for tree in trees for split in tree.splits]
        self._ends = np.cumsum([len(tree.splits) for tree in trees])
        self._sign = np.array([sign for sign, _, _ in splits], dtype=np.int64)
        self._limit = np.array([limit for _, limit, _ in splits], dtype=np.float32)
        self._on_left = np.array([on_left for _, _, on_left in splits], dtype=np.uint8)
        self._values = np.array([tree.values for tree in trees])

    def predict(self, signs: Floats) -> Doubles:
        """Return what the trees together say of each row, shape (n,)."""
        told = np.full(len(signs), self._base)
        columns = np.asfortranarray(signs, dtype=np.float32).T
        _add_up(told, columns, self._ends, self._sign, self._limit, self._on_left, self._values)
        return np.exp(told)


@njit(cache=True, nogil=True)
def _add_up(told, columns, ends, sign, limit, on_left, values):  # type: ignore[no-untyped-def]  # pragma: no cover
    for first in range(0, len(told), _AT_ONCE):
        last = min(first + _AT_ONCE, len(told))
        struck = np.empty(last - first, dtype=np.uint8)
        split = 0
        for tree in range(len(ends)):
            struck[:] = 0
            while split < ends[tree]:
                _strike(struck, columns[sign[split], first:last], limit[split], on_left[split])
                split += 1
            for at in range(last - first):
                told[first + at] += values[tree, struck[at]]


@njit(cache=True, nogil=True)
def _strike(struck, values, limit, on_left):  # type: ignore[no-untyped-def]  # pragma: no cover
    nothing = np.uint8(0)
    for at in range(len(struck)):
        struck[at] |= nothing if values[at] < limit else on_left  # 0 for a cell that goes left


def _tree(nodes: npt.NDArray[np.void], edges: list[Floats]) -> _Tree:
    splits: list[tuple[int, np.float32, np.uint8]] = []
    leaves: list[float] = []

    def walk(at: int) -> int:
        """Give the leaves below a node a number, from left to right; return them as bits."""
        node = nodes[at]
        if node["is_leaf"]:
            leaves.append(float(node["value"]))
            return 1 << (len(leaves) - 1)
        left, right = walk(int(node["left"])), walk(int(node["right"]))
        sign = int(node["feature_idx"])
        # A bin is the number of edges at or below a value, so up to bin b is what lies under edge b.
        last_bin = min(float(node["num_threshold"]), len(edges[sign]))
        limit = edges[sign][int(last_bin)] if last_bin < len(edges[sign]) else np.inf
        splits.append((sign, np.float32(limit), np.uint8(left)))
        return left | right

    walk(0)
    values = np.array([*leaves, *[0.0] * (MOST_LEAVES - len(leaves))])
    return _Tree(splits, values[_FIRST_LEFT])
