# SPDX-License-Identifier: EUPL-1.2
"""Does knowing oblige to act: each signal asks one decision before its date, and what was decided is kept."""

from stip.signals.answering import (
    WAYS,
    Answer,
    answer_signal,
    check_answer,
    check_sent,
    check_taken_on,
    record_sent,
    record_taken_on,
)
from stip.signals.handing import cells_to_name, facts_to_share, handover_text
from stip.signals.kinds import (
    ROLE_NAMES,
    AnswerKind,
    SignalKind,
    State,
    Stream,
    TakenOn,
    category_label,
    role_name,
    roles_known,
    rule_of,
)
from stip.signals.places import area_name, area_names, place_of_plan, team_of_place
from stip.signals.raising import NewSignal, Raised, check_signal, raise_signal, waiting_signal
from stip.signals.report import COARSE, COUNTS, HalfYearReport, ReportRow, half_bounds, half_of, report_of
from stip.signals.signalen import goes_to_signalen, send_to_signalen, signalen_report
from stip.signals.standing import Known, Step, signal_of, signals_of
from stip.signals.unvisited import find_unvisited, unvisited, visited_cells

__all__ = [
    "COARSE",
    "COUNTS",
    "ROLE_NAMES",
    "WAYS",
    "Answer",
    "AnswerKind",
    "HalfYearReport",
    "Known",
    "NewSignal",
    "Raised",
    "ReportRow",
    "SignalKind",
    "State",
    "Step",
    "Stream",
    "TakenOn",
    "answer_signal",
    "area_name",
    "area_names",
    "category_label",
    "cells_to_name",
    "check_answer",
    "check_sent",
    "check_signal",
    "check_taken_on",
    "facts_to_share",
    "find_unvisited",
    "goes_to_signalen",
    "half_bounds",
    "half_of",
    "handover_text",
    "place_of_plan",
    "raise_signal",
    "record_sent",
    "record_taken_on",
    "report_of",
    "role_name",
    "roles_known",
    "rule_of",
    "send_to_signalen",
    "signal_of",
    "signalen_report",
    "signals_of",
    "team_of_place",
    "unvisited",
    "visited_cells",
    "waiting_signal",
]
