# SPDX-License-Identifier: EUPL-1.2
"""The set-packing programme, as HiGHS takes it: which patches to visit, and how often."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

from stip.errors import PlanError
from stip.plan.visits import Visits

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Choices:
    """What can be chosen from. Each patch may be visited 1, 2, … times; that makes one column each.

    Attributes
    ----------
    patches : ndarray of int, shape (m, most)
        Cell numbers, filled up with -1.
    worth : ndarray, shape (m,)
        What is expected in each patch, weighted.
    forced : int
        So many patches at the head must be visited at least once. They take no room in ``places``.
    """

    patches: Ints
    worth: Floats
    forced: int = 0


@dataclass(frozen=True, eq=False)
class Prices:
    """What the limits are worth at the optimum of the relaxed programme.

    Attributes
    ----------
    cell : ndarray, shape (n,)
    visits : ndarray, shape (max_visits + 1,)
        Price of a place, by its number of visits.
    """

    cell: Floats
    visits: Floats


@dataclass(frozen=True, eq=False)
class Packed:
    """A solution of the programme.

    Attributes
    ----------
    patch, visits : ndarray of int
        Chosen patches, by their row in `Choices`, with their visits.
    reached : float
    bound : float
        No solution out of these choices reaches more.
    """

    patch: Ints
    visits: Ints
    reached: float
    bound: float


class _Quiet(highspy.Highs):
    """HiGHS without its banner, which the usual constructor prints on stdout before it can be told not to."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()
        self.setOptionValue("output_flag", False)


class Packing:
    """The programme over one set of choices.

    Parameters
    ----------
    choices : Choices
    visits : Visits
    cells : int
        Cells of the region.
    hours : float
    places : int
        Most patches besides the forced ones.
    """

    def __init__(self, choices: Choices, visits: Visits, *, cells: int, hours: float, places: int) -> None:
        self.choices, self.visits, self.cells = choices, visits, cells
        self._patch = np.repeat(np.arange(len(choices.patches)), visits.most)
        self._count = np.tile(np.arange(1, visits.most + 1), len(choices.patches))
        self._reached = visits.reach[self._count] * choices.worth[self._patch]
        members = choices.patches >= 0
        self._used, row_of_cell = np.unique(choices.patches[members], return_inverse=True)
        owner = np.nonzero(members)[0]
        self._use, self._limit = visits.limits(hours=hours, places=places + choices.forced)
        self._place_row = len(self._used) + len(self._limit)
        self._model = self._build(owner, row_of_cell, places)

    def relaxed(self) -> tuple[float, Prices]:
        """Return the optimum when patches may be chosen in part, and the prices there."""
        solver = self._solver({})
        solver.passModel(self._model)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise self._unsolved(solver)
        dual = np.maximum(np.array(solver.getSolution().row_dual), 0)
        prices = np.zeros(self.cells)
        prices[self._used] = dual[: len(self._used)]
        cost = dual[len(self._used) : self._place_row] @ self._use + dual[self._place_row]
        return float(solver.getInfo().objective_function_value), Prices(prices, cost)

    def solve(self, *, gap: float, seconds: float, start: Packed | None = None) -> Packed | None:
        """Return the best choice found, or None when none was found in time."""
        solver = self._solver({"mip_rel_gap": gap, "mip_abs_gap": 1e-9, "time_limit": max(seconds, 0.1)})
        solver.passModel(self._model)
        solver.changeColsIntegrality(
            len(self._patch),
            np.arange(len(self._patch), dtype=np.int32),
            np.full(len(self._patch), int(highspy.HighsVarType.kInteger), dtype=np.uint8),
        )
        if start is not None:
            solver.setSolution(self._as_solution(start))
        solver.run()
        info = solver.getInfo()
        if solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            raise self._unsolved(solver)
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        chosen = np.flatnonzero(np.array(solver.getSolution().col_value) > 0.5)
        reached = float(self._reached[chosen].sum())
        return Packed(self._patch[chosen], self._count[chosen], reached, max(reached, float(info.mip_dual_bound)))

    def _build(self, owner: Ints, row_of_cell: Ints, places: int) -> highspy.HighsLp:
        """Lay out the columns, each: its cells, what it takes of the hours, and a place or (forced) its own row."""
        most, forced, limits = self.visits.most, self.choices.forced, len(self._limit)
        size = np.bincount(owner, minlength=len(self.choices.patches))
        start = np.concatenate([[0], np.cumsum(np.repeat(size + limits + 1, most))])
        index = np.empty(start[-1], dtype=np.int32)
        value = np.ones(start[-1])
        first_of_patch = np.concatenate([[0], np.cumsum(size)])[:-1]
        offset = np.arange(len(owner)) - first_of_patch[owner]
        patch = np.arange(len(size))
        own_row = np.where(patch < forced, self._place_row + 1 + patch, self._place_row)
        for count in range(1, most + 1):
            column = patch * most + count - 1
            index[start[column][owner] + offset] = row_of_cell
            tail = start[column] + size
            for limit in range(limits):
                index[tail + limit] = len(self._used) + limit
                value[tail + limit] = self._use[limit, count]
            index[tail + limits] = own_row
        lp = highspy.HighsLp()
        columns = len(self._patch)
        lp.num_col_, lp.num_row_ = columns, self._place_row + 1 + forced
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.col_cost_ = self._reached
        lp.col_lower_, lp.col_upper_ = np.zeros(columns), np.ones(columns)
        lp.row_lower_ = np.concatenate([np.full(self._place_row + 1, -highspy.kHighsInf), np.ones(forced)])
        lp.row_upper_ = np.concatenate(
            [np.ones(len(self._used)), self._limit + 1e-9, [float(places)], np.ones(forced)]
        )
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = start.astype(np.int32)
        lp.a_matrix_.index_, lp.a_matrix_.value_ = index, value
        return lp

    def _as_solution(self, packed: Packed) -> highspy.HighsSolution:
        solution = highspy.HighsSolution()
        chosen = np.zeros(len(self._patch))
        chosen[packed.patch * self.visits.most + packed.visits - 1] = 1
        solution.col_value = list(chosen)
        return solution

    @staticmethod
    def _solver(options: dict[str, float]) -> highspy.Highs:
        solver = _Quiet()
        solver.setOptionValue("threads", 1)  # the same question gets the same answer
        for name, value in options.items():
            solver.setOptionValue(name, value)
        return solver

    @staticmethod
    def _unsolved(solver: highspy.Highs) -> PlanError:
        status = solver.modelStatusToString(solver.getModelStatus())
        return PlanError(
            f"Er is geen plan dat past bij de uren en de eigen plekken (HiGHS: {status}). "
            "Geef meer uren of haal een eigen plek weg."
        )
