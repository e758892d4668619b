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
from sklearn.ensemble import HistGradientBoostingRegressor

from stip.outlook.area import Doubles, Floats

MOST_LEAVES = 8

_AT_ONCE = 8192  # rows: so that they stay in the processor's own memory
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
        self._trees = [_tree(of_step[0].nodes, edges) for of_step in fitted._predictors]

    def predict(self, signs: Floats) -> Doubles:
        """Return what the trees together say of each row, shape (n,)."""
        told = np.full(len(signs), self._base)
        for start in range(0, len(signs), _AT_ONCE):
            rows = slice(start, start + _AT_ONCE)
            columns = signs[rows].T
            for tree in self._trees:
                struck = np.zeros(columns.shape[1], dtype=np.uint8)
                for sign, limit, on_left in tree.splits:
                    struck |= ~(columns[sign] < limit) * on_left  # 0 for a cell that goes left
                told[rows] += np.take(tree.values, struck)
        return np.exp(told)


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
