# SPDX-License-Identifier: EUPL-1.2
"""Did it help: every week is scored, outlook and people alike, and what that allows to say is said."""

from stip.learn.blocks import HALF_YEAR, YEAR, Block, block_now
from stip.learn.course import (
    DECIDING_ROLES,
    Course,
    CourseChoice,
    check_course,
    course_due,
    courses,
    record_course,
)
from stip.learn.feedback import CODES, FeedbackCode, Recorded, record_feedback, record_visit
from stip.learn.measure import Met, Outcome, measure_outcome
from stip.learn.paired import Difference, errors_each_way, paired_difference
from stip.learn.people import Judged, people_beside
from stip.learn.ranked import ranking_block, rankings
from stip.learn.ranking import Pair, Ranking, Side, rank
from stip.learn.ranking_words import pair_sentence, ranking_sentence, side_name
from stip.learn.reports import Report, ReportCheck, record_reports
from stip.learn.same_cells import Kind, side_by_side
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
from stip.learn.streams import EVERY_TYPE, Choice, Stream, better_here, choices_of, decided_before
from stip.learn.totals import baseline_label, final_scores, totals, totals_of
from stip.learn.verdict import Ground, Verdict, sentence_of, verdict_of
from stip.learn.weeks import weeks_table

__all__ = [
    "CODES",
    "DECIDING_ROLES",
    "EVERY_TYPE",
    "HALF_YEAR",
    "YEAR",
    "Block",
    "Choice",
    "Course",
    "CourseChoice",
    "Difference",
    "FeedbackCode",
    "Ground",
    "Judged",
    "Kind",
    "Met",
    "Outcome",
    "Pair",
    "Ranking",
    "Recorded",
    "Report",
    "ReportCheck",
    "Scored",
    "Side",
    "Stream",
    "Verdict",
    "baseline_label",
    "better_here",
    "block_now",
    "came_in",
    "check_course",
    "check_scorable",
    "choices_of",
    "course_due",
    "courses",
    "decided_before",
    "due_weeks",
    "errors_each_way",
    "final_scores",
    "latest_score",
    "measure_outcome",
    "outlook_that_counts",
    "pair_sentence",
    "paired_difference",
    "people_beside",
    "rank",
    "ranking_block",
    "ranking_sentence",
    "rankings",
    "record_course",
    "record_feedback",
    "record_reports",
    "record_visit",
    "score_rows",
    "score_week",
    "sentence_of",
    "side_by_side",
    "side_name",
    "state_of",
    "totals",
    "totals_of",
    "verdict_of",
    "weeks_table",
]
