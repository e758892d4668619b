# SPDX-License-Identifier: EUPL-1.2
"""What to expect: forecasters beside their baselines, backtests, scores and reasons."""

from stip.outlook import baselines, blend, etas, kernels, risk_terrain  # noqa: F401  they enter themselves in the register
from stip.outlook.area import StudyArea
from stip.outlook.backtest import AREA_SHARES, Forecast, Truth, backtest, poisson_deviance, rolling
from stip.outlook.card import LEARNED_WEIGHTS, LIMITS, NO_GROUND, formula_of, outlook_card
from stip.outlook.cluster import outlooks_on
from stip.outlook.completeness import completeness
from stip.outlook.context import Context
from stip.outlook.coverage import Coverage, coverage_of
from stip.outlook.deliveries import undelivered_weeks
from stip.outlook.districts import DISTRICT_SHARES, DistrictScores, read_districts
from stip.outlook.expected import Expected
from stip.outlook.facts import layer_in_words, layers_named
from stip.outlook.fairness import ENOUGH_INCIDENTS, by_district, district_spread
from stip.outlook.forecaster import (
    Forecaster,
    make_forecasters,
    model_label,
    model_names,
    register,
)
from stip.outlook.guard import check_no_leaks, find_leaks
from stip.outlook.history import History, history_of
from stip.outlook.intervals import Dispersion, cell_intervals, interval_of, interval_of_sum
from stip.outlook.judgement import NOTHING_YET, Judgement, judgement_of
from stip.outlook.make import BESIDE, RECORD_WEEKS, make_outlook
from stip.outlook.many import Outcome, TownReport, outlook_of, outlooks_here, workspaces_in
from stip.outlook.memory import Memory
from stip.outlook.ranking import TIERS, best_hits_at, cells_in, chosen_at, hits_at, tiers_of
from stip.outlook.reading import inputs_of, read_history
from stip.outlook.ready import check_recent
from stip.outlook.summary import compare, summary
from stip.outlook.verdict import SURE, Finding, finding_of, judged_weeks

__all__ = [
    "AREA_SHARES",
    "BESIDE",
    "DISTRICT_SHARES",
    "ENOUGH_INCIDENTS",
    "LEARNED_WEIGHTS",
    "LIMITS",
    "NOTHING_YET",
    "NO_GROUND",
    "RECORD_WEEKS",
    "SURE",
    "TIERS",
    "Context",
    "Coverage",
    "Dispersion",
    "DistrictScores",
    "Expected",
    "Finding",
    "Forecast",
    "Forecaster",
    "History",
    "Judgement",
    "Memory",
    "Outcome",
    "StudyArea",
    "TownReport",
    "Truth",
    "backtest",
    "best_hits_at",
    "by_district",
    "cell_intervals",
    "cells_in",
    "check_no_leaks",
    "check_recent",
    "chosen_at",
    "compare",
    "completeness",
    "coverage_of",
    "district_spread",
    "find_leaks",
    "finding_of",
    "formula_of",
    "history_of",
    "hits_at",
    "inputs_of",
    "interval_of",
    "interval_of_sum",
    "judged_weeks",
    "judgement_of",
    "layer_in_words",
    "layers_named",
    "make_forecasters",
    "make_outlook",
    "model_label",
    "model_names",
    "outlook_card",
    "outlook_of",
    "outlooks_here",
    "outlooks_on",
    "poisson_deviance",
    "read_districts",
    "read_history",
    "register",
    "rolling",
    "summary",
    "tiers_of",
    "undelivered_weeks",
    "workspaces_in",
]
