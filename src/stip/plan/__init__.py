# SPDX-License-Identifier: EUPL-1.2
"""Where to go: hours in, places out; a person decides."""

from stip.plan.adopt import Adopted, adopt, check_goal, standing_plan
from stip.plan.decide import KINDS, ROLES, Override, check_override, check_role, record_override, withdraw_override
from stip.plan.draw import seed_of
from stip.plan.export import outline, write_plan_csv, write_plan_geojson
from stip.plan.frozen import proposal_of
from stip.plan.interval import TYPES_APART
from stip.plan.kinds import VisitKind
from stip.plan.proposal import ORIGINS, FramePatch, Part, PlannedPlace, Proposal, Question
from stip.plan.propose import propose
from stip.plan.run import LAST_WEEK, Inputs, look_up, make_plan, rhythm_before
from stip.plan.standing import Shown, place_of, shown_plan

__all__ = [
    "KINDS",
    "LAST_WEEK",
    "ORIGINS",
    "ROLES",
    "TYPES_APART",
    "Adopted",
    "FramePatch",
    "Inputs",
    "Override",
    "Part",
    "PlannedPlace",
    "Proposal",
    "Question",
    "Shown",
    "VisitKind",
    "adopt",
    "check_goal",
    "check_override",
    "check_role",
    "look_up",
    "make_plan",
    "outline",
    "place_of",
    "proposal_of",
    "propose",
    "record_override",
    "rhythm_before",
    "seed_of",
    "shown_plan",
    "standing_plan",
    "withdraw_override",
    "write_plan_csv",
    "write_plan_geojson",
]
