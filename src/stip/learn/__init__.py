# SPDX-License-Identifier: EUPL-1.2
"""Did it help: every week is scored, outlook and people alike, and what that allows to say is said."""

from stip.learn.feedback import CODES, FeedbackCode, Recorded, record_feedback, record_visit
from stip.learn.paired import Difference, paired_difference
from stip.learn.people import Judged, people_beside
from stip.learn.reports import Report, ReportCheck, record_reports
from stip.learn.scores import Scored, score_rows
from stip.learn.scoring import (
    came_in,
    check_scorable,
    due_weeks,
    latest_score,
    outlook_that_counts,
    score_week,
    state_of,
)
from stip.learn.streams import EVERY_TYPE, Choice, Stream, choices_of
from stip.learn.totals import baseline_label, totals, totals_of
from stip.learn.verdict import Ground, Verdict, sentence_of, verdict_of
from stip.learn.weeks import weeks_table

__all__ = [
    "CODES",
    "EVERY_TYPE",
    "Choice",
    "Difference",
    "FeedbackCode",
    "Ground",
    "Judged",
    "Recorded",
    "Report",
    "ReportCheck",
    "Scored",
    "Stream",
    "Verdict",
    "baseline_label",
    "came_in",
    "check_scorable",
    "choices_of",
    "due_weeks",
    "latest_score",
    "outlook_that_counts",
    "paired_difference",
    "people_beside",
    "record_feedback",
    "record_reports",
    "record_visit",
    "score_rows",
    "score_week",
    "sentence_of",
    "state_of",
    "totals",
    "totals_of",
    "verdict_of",
    "weeks_table",
]
