# SPDX-License-Identifier: EUPL-1.2
"""What may go out: figures behind disclosure control, approved by a person, in ``published/`` and nowhere else."""

from stip.publish.coarse import coarse_incidents, coarse_margin
from stip.publish.coarse_told import coarse_record, coarse_score, coarse_weeks
from stip.publish.door import APPROVE_ROLES, approve, propose
from stip.publish.dwellings import DotDwellings, dots_and_dwellings
from stip.publish.figures import AREA, FIGURE, METHOD, TOWN, State, figures_of, in_quarter, states_of
from stip.publish.issues import Issue, published_issues, tell_issue
from stip.publish.out import published_facts, published_figures, published_quarters, unreadable_quarters
from stip.publish.pauses import evaluation_stands_still, published_pauses, stands_still
from stip.publish.periods import LEAST_WEEKS_LATE, Quarter, closed_quarters
from stip.publish.places import (
    POSTCODE,
    PostcodeAreas,
    area_of_postcode,
    place_facts,
    postcodes_of,
    publish_places,
    published_areas,
    published_years,
    readable_places,
)
from stip.publish.ready import held_back, open_quarters
from stip.publish.record import published_record
from stip.publish.rounding import BASE, bounds_of, draws, report_keys, rounded, total_of
from stip.publish.secret import existing_secret, secret_of

__all__ = [
    "APPROVE_ROLES",
    "AREA",
    "BASE",
    "FIGURE",
    "LEAST_WEEKS_LATE",
    "METHOD",
    "POSTCODE",
    "TOWN",
    "DotDwellings",
    "Issue",
    "PostcodeAreas",
    "Quarter",
    "State",
    "approve",
    "area_of_postcode",
    "bounds_of",
    "closed_quarters",
    "coarse_incidents",
    "coarse_margin",
    "coarse_record",
    "coarse_score",
    "coarse_weeks",
    "dots_and_dwellings",
    "draws",
    "evaluation_stands_still",
    "existing_secret",
    "figures_of",
    "held_back",
    "in_quarter",
    "open_quarters",
    "place_facts",
    "postcodes_of",
    "propose",
    "publish_places",
    "published_areas",
    "published_facts",
    "published_figures",
    "published_issues",
    "published_pauses",
    "published_quarters",
    "published_record",
    "published_years",
    "readable_places",
    "report_keys",
    "rounded",
    "secret_of",
    "stands_still",
    "states_of",
    "tell_issue",
    "total_of",
    "unreadable_quarters",
]
