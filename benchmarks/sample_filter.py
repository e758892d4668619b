# SPDX-License-Identifier: EUPL-1.2
"""Who knows how the sample town was made, and sees what the outlook sees: the posterior, week by week.

The log of what no layer tells is Gaussian beforehand. What comes in each week is Poisson; its likelihood is replaced
by a Gaussian round the mode (Laplace), so what is known stays Gaussian: an extended Kalman filter on counts. Expected
are the posterior mean, and the near repeats that follow from what was reported.

References
----------
Rasmussen & Williams (2006), Gaussian processes for machine learning, 3.4 (Laplace's approximation).
"""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
from sample_prior import DRIFT_WEEKS, WEEKDAYS, Prior
from scipy.linalg import cho_factor, cho_solve, solve_triangular

from stip.outlook import Forecaster, History
from stip.outlook.completeness import LONGEST_DELAY_WEEKS, completeness

Doubles = npt.NDArray[np.float64]

REACHABLE = "reachable"
_BLOCK_WEEKS = 4  # of the past at once: a drift keeps nine tenths of itself over them
_NEWTON, _ENOUGH = 12, 1e-4
_ECHO_WEEKS = 3  # a near repeat comes within 20 days
_FURTHEST = 4.0


class Posterior:
    """What is known of the log of what no layer tells: of each cell, what lasts; and of the drift.

    Parameters
    ----------
    prior : Prior

    Attributes
    ----------
    mean_ : ndarray, shape (n + r,)
    covariance_ : ndarray, shape (n + r, n + r)
    """

    def __init__(self, prior: Prior) -> None:
        self.prior = prior
        n, r = prior.drifting.shape
        self.mean_ = np.concatenate([np.full(n, prior.log_mean), np.zeros(r)])
        self.covariance_ = np.zeros((n + r, n + r))
        self.covariance_[:n, :n] = prior.lasting
        self.covariance_[n:, n:] = np.eye(r)

    def pass_weeks(self, weeks: float) -> None:
        """Let the drift go on, and places shift, for so many weeks."""
        n = len(self.prior.base)
        keep = np.exp(-weeks / DRIFT_WEEKS)
        self.mean_[n:] *= keep
        self.covariance_[:n, n:] *= keep
        self.covariance_[n:, :n] *= keep
        self.covariance_[n:, n:] *= keep**2
        self.covariance_[n:, n:] += (1 - keep**2) * np.eye(self.prior.drifting.shape[1])
        self.covariance_[:n, :n] += weeks * self.prior.shifting

    def log(self) -> tuple[Doubles, Doubles]:
        """Return mean and variance of the log in each cell."""
        gain = self._gain()
        n = len(self.prior.base)
        return self._seen(self.mean_), np.diag(gain[:n]) + (self.prior.drifting * gain[n:].T).sum(axis=1)

    def mean(self) -> Doubles:
        """Return the posterior mean of what no layer tells, a factor beside the base."""
        middle, variance = self.log()
        return np.exp(middle + variance / 2)

    def learn(self, came: Doubles, exposure: Doubles, beside: Doubles) -> None:
        r"""Take in counts with mean *exposure* :math:`\exp(x)` + *beside*, each of shape (n,)."""
        gain = self._gain()
        n = len(self.prior.base)
        covariance = gain[:n] + self.prior.drifting @ gain[n:]
        start = self._seen(self.mean_)
        weight = np.zeros(n)  # of each cell in C⁻¹(x − start), at the mode the slope of the likelihood
        x = start.copy()
        for _ in range(_NEWTON):
            raised = exposure * np.exp(np.clip(x, -_FURTHEST, _FURTHEST))
            share = raised / np.maximum(raised + beside, 1e-12)
            # Fisher's information: never below 0, where the second derivative may be.
            bend = np.maximum(raised * share, 1e-10)
            slope = came * share - raised
            root = np.sqrt(bend)
            factor = cho_factor(np.eye(n) + root[:, None] * covariance * root, lower=True, overwrite_a=True)
            target = bend * (x - start) + slope
            weight = target - root * cho_solve(factor, root * (covariance @ target))
            new = start + covariance @ weight
            moved = float(np.abs(new - x).max())
            x = new
            if moved < _ENOUGH:
                break
        self.mean_ = self.mean_ + gain @ weight
        half = solve_triangular(factor[0], root[:, None] * gain.T, lower=True, overwrite_b=True)
        self.covariance_ -= half.T @ half

    def _gain(self) -> Doubles:
        """Return covariance of the state with the log in each cell, shape (n + r, n)."""
        n = len(self.prior.base)
        return self.covariance_[:, :n] + self.covariance_[:, n:] @ self.prior.drifting.T

    def _seen(self, state: Doubles) -> Doubles:
        n = len(self.prior.base)
        return np.asarray(state[:n] + self.prior.drifting @ state[n:])


class Reachable(Forecaster):
    """Knows every formula and parameter of the sample town, and infers from reports what was drawn by lot."""

    name = REACHABLE
    label = "wie weet hoe de stad gemaakt is"

    def knows(self, prior: Prior, history: History, told: float) -> Self:
        """Take what is known beforehand.

        Parameters
        ----------
        prior : Prior
        history : History
            Of which the study area is used.
        told : float
            Share of what happens that is reported, goes through the gate and lies in the area, in the end.
        """
        self._prior, self._told = prior, told
        self._place = history.area.index_of(prior.cells)
        return self

    def observe(self, known: History) -> None:
        """Take in what arrived since the week before; at first all that is known, in blocks of weeks."""
        if not hasattr(self, "posterior_"):
            self.posterior_ = Posterior(self._prior)
            since, step = known.first_week, _BLOCK_WEEKS
        else:
            since, step = self.known_.cutoff_week, 1
        super().observe(known)
        while since < known.cutoff_week:
            until = min(since + step, known.cutoff_week)
            self._take_in(known, since, until)
            since = until

    def predict(self) -> Doubles:
        """Return the posterior mean of the coming week: background, and near repeats of what was reported."""
        week = self.known_.cutoff_week
        factor = self.posterior_.mean()
        expected = np.full(len(self.known_.area), 1e-9)
        expected[self._place] += self._told * (
            self._prior.base * self._prior.season[week] * factor + self._repeats(self.known_, week, factor)
        )
        return expected

    def _take_in(self, known: History, since: int, until: int) -> None:
        """Learn from what became known in some weeks, whenever it happened; the drift hardly moves in between."""
        self.posterior_.pass_weeks(until - since)
        arrived = known.arrived(since, until)
        rows = arrived.type_index == known.type_number(self.crime_type)
        came = np.bincount(arrived.cell_index[rows], arrived.weight[rows], len(known.area))[self._place]
        by_delay = np.diff(completeness(known, self.crime_type), prepend=0.0)
        part: dict[int, float] = {}  # of each week, how much becomes known in these
        for week in range(since, until):
            for delay, share in enumerate(by_delay):
                if week - delay >= known.first_week:
                    part[week - delay] = part.get(week - delay, 0.0) + share
        season = sum(share * self._prior.season[week] for week, share in part.items())
        beside = np.zeros(len(self._place))
        if self._prior.children:
            factor = self.posterior_.mean()
            for week, share in part.items():
                beside += self._told * share * self._repeats(known, week, factor)
        self.posterior_.learn(np.maximum(came, 0), self._told * season * self._prior.base, beside)

    def _repeats(self, known: History, week: int, factor: Doubles) -> Doubles:
        """Return the near repeats expected in a week, by the generator's own formula, from reports before it.

        The history keeps weeks, so an incident lies on each day of its week by the chance of that day.
        """
        if not self._prior.children:
            return np.zeros(len(self._place))
        lag, days = self._prior.lag, WEEKDAYS[self.crime_type]
        past = np.zeros((len(lag) + 7, len(self._place)))
        for back in range(1, _ECHO_WEEKS + 1):
            then = known.counts(self.crime_type, week - back, week - back + 1)[self._place].clip(0)
            age = known.cutoff_week - 1 - (week - back)
            share = completeness(known, self.crime_type)[age] if age < LONGEST_DELAY_WEEKS else 1.0
            for day, chance in enumerate(days):
                place = len(lag) - 7 * back + day
                if place >= 0:
                    past[place] = then / share / self._told * chance
        background = self._prior.base * self._prior.season[week] * factor
        found = np.zeros(len(self._place))
        for day, chance in enumerate(days):
            drawn = self._prior.children * (lag[::-1] @ past[day : day + len(lag)])
            repeats = self._prior.near.T @ drawn
            past[len(lag) + day] = background * chance + repeats
            found += repeats
        return found
