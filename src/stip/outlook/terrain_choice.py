# SPDX-License-Identifier: EUPL-1.2
"""Choosing risk factors: a penalised Poisson regression drops most, steps by the Bayesian criterion choose the rest.

Answers are yes or no and counts are whole, so cells that are alike are taken together: a fit costs as much as there
are different cells, not as there are cells.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import gammaln
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import Lasso

from stip.outlook.area import Doubles

_PENALTIES = 25
_SMALLEST_PENALTY = 1e-3  # of the one that leaves nothing
_NEWTON = 8
_WORSE_BEFORE_STOP = 4
_FURTHEST = 30.0


@dataclass(frozen=True)
class Choice:
    """The regression that was chosen.

    Attributes
    ----------
    places : tuple of int
        Columns of the answers.
    coefficients : ndarray, shape (len(places),)
        Logs of the relative risk.
    dispersion : float
        Of the negative binomial; 0 when Poisson was enough.
    bic : float
    """

    places: tuple[int, ...]
    coefficients: Doubles
    dispersion: float
    bic: float


def choose(answers: npt.NDArray[np.bool_], came: Doubles, groups: list[str]) -> Choice:
    """Return the regression with the lowest Bayesian criterion that steps from nothing reach.

    Parameters
    ----------
    answers : ndarray of bool, shape (n, k)
    came : ndarray, shape (n,)
        Incidents in each cell; taken as whole numbers.
    groups : list of str, length k
        Of what each column is a version; one version of each takes part.

    References
    ----------
    Caplan, Kennedy, Barnum & Piza (2013), Risk Terrain Modeling Diagnostics Utility user manual, Rutgers.
    Kennedy, Caplan & Piza (2011), Risk clusters, hotspots, and spatial intelligence, J. Quantitative Criminology 27.
    """
    came = np.rint(came)
    left = _penalised(answers, came)
    if not left:
        return Choice((), np.empty(0), 0.0, _fit(answers, came, (), False).bic)
    return min((_steps(answers, came, groups, left, spread) for spread in (False, True)), key=lambda one: one.bic)


def _penalised(answers: npt.NDArray[np.bool_], came: Doubles) -> list[int]:
    """Return the columns that an L1-penalised Poisson regression with rising factors only keeps."""
    if answers.shape[1] == 0 or came.sum() == 0:
        return []
    design, cells, total = _alike(answers, came)
    number, incidents = cells.sum(), total.sum()
    base = np.log(incidents / number)
    against = design.T @ (total - cells * incidents / number) / number
    largest = float(against.max(initial=0.0))
    if largest <= 0:
        return []
    level, beta = base, np.zeros(design.shape[1])
    best, kept, worse = 0.0, list[int](), 0
    null = float(total.sum() * base - incidents)
    for penalty in largest * np.geomspace(1, _SMALLEST_PENALTY, _PENALTIES):
        for _ in range(_NEWTON):
            told = np.clip(level + design @ beta, -_FURTHEST, _FURTHEST)
            expected = np.maximum(cells * np.exp(told), 1e-9)
            working = told + (total - expected) / expected
            lasso = Lasso(alpha=penalty * number / expected.sum(), positive=True, precompute=True)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", ConvergenceWarning)  # the next Newton step goes on from here
                lasso.fit(design, working, sample_weight=expected)
            moved = float(np.abs(lasso.coef_ - beta).max())
            level, beta = float(lasso.intercept_), np.asarray(lasso.coef_, dtype=np.float64)
            if moved < 1e-3:
                break
        told = level + design @ beta
        gain = float(total @ told - cells @ np.exp(told)) - null
        score = (beta > 0).sum() * np.log(number) - 2 * gain
        if score < best:
            best, kept, worse = score, np.flatnonzero(beta > 0).tolist(), 0
        else:
            worse += 1
            if worse == _WORSE_BEFORE_STOP:
                break
    return kept


def _steps(answers: npt.NDArray[np.bool_], came: Doubles, groups: list[str], left: list[int], spread: bool) -> Choice:
    """Add or drop one column at a time as long as the criterion falls."""
    now = _fit(answers, came, (), spread)
    while True:
        used = {groups[place] for place in now.places}
        tried = [(*now.places, place) for place in left if groups[place] not in used]
        tried += [tuple(p for p in now.places if p != place) for place in now.places]
        fitted = (_fit(answers, came, places, spread) for places in tried)
        best = min((one for one in fitted if (one.coefficients > 0).all()), key=lambda one: one.bic, default=now)
        if best.bic >= now.bic - 1e-6:
            return now
        now = best


def _fit(answers: npt.NDArray[np.bool_], came: Doubles, places: tuple[int, ...], spread: bool) -> Choice:
    """Fit a Poisson or, when counts spread more, a negative binomial regression."""
    bits = 2 ** np.arange(len(places))
    code, number = np.unique(came * 2.0 ** len(places) + answers[:, list(places)] @ bits, return_counts=True)
    count, told_yes = np.divmod(code.astype(np.int64), 2 ** len(places))
    design = np.column_stack([np.ones(len(code)), told_yes[:, None] & bits > 0]).astype(np.float64)

    def loss(at: Doubles) -> tuple[float, Doubles]:
        told = np.clip(design @ at[: design.shape[1]], -_FURTHEST, _FURTHEST)
        expected = np.exp(told)
        if not spread:
            value = expected - count * told + gammaln(count + 1)
            return float(number @ value), design.T @ (number * (expected - count))
        size = np.exp(-at[-1])  # one over the dispersion
        total = size + expected
        likely = gammaln(count + size) - gammaln(size) - gammaln(count + 1)
        likely += size * np.log(size / total) + count * (told - np.log(total))
        slope = design.T @ (number * (expected - count) * size / total)
        around = _digamma_difference(count, size) + np.log(size / total) + 1 - (count + size) / total
        return -float(number @ likely), np.append(slope, size * float(number @ around))

    start = np.zeros(design.shape[1] + spread)
    start[0] = np.log(max(float(number @ count), 0.5) / number.sum())
    bounds = [(None, None)] * design.shape[1] + [(-10.0, 10.0)] * spread
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    bic = 2 * float(found.fun) + len(start) * float(np.log(number.sum()))
    dispersion = float(np.exp(found.x[-1])) if spread else 0.0
    return Choice(places, found.x[1 : design.shape[1]], dispersion, bic)


def _digamma_difference(count: Doubles, size: float) -> Doubles:
    """Return digamma(count + size) - digamma(size) for whole counts, as a sum that loses no digits."""
    parts = np.concatenate(([0.0], np.cumsum(1 / (size + np.arange(int(count.max(initial=0)))))))
    return np.asarray(parts[count.astype(np.int64)])


def _alike(answers: npt.NDArray[np.bool_], came: Doubles) -> tuple[Doubles, Doubles, Doubles]:
    """Take cells with the same answers together: the answers, how many cells, and their incidents."""
    packed = np.ascontiguousarray(np.packbits(answers, axis=1))
    _, first, which = np.unique(packed.view(f"V{packed.shape[1]}").ravel(), return_index=True, return_inverse=True)
    return (
        np.asfortranarray(answers[first].astype(np.float64)),
        np.bincount(which).astype(np.float64),
        np.bincount(which, came).astype(np.float64),
    )
