# SPDX-License-Identifier: EUPL-1.2
"""Where to go: hours in, places out; a person decides."""

from stip.plan.adopt import Adopted, adopt, check_goal, standing_plan
from stip.plan.board import Decided, Fixed, fix_board
from stip.plan.decide import KINDS, ROLES, Override, check_override, check_role, record_override, withdraw_override
from stip.plan.draw import seed_of
from stip.plan.export import outline, write_plan_csv, write_plan_geojson
from stip.plan.frozen import proposal_of
from stip.plan.held import shown_places, shown_proposal
from stip.plan.interval import TYPES_APART
from stip.plan.kinds import VisitKind
from stip.plan.places import place_id_of
from stip.plan.proposal import ORIGINS, FramePatch, Part, PlannedPlace, Proposal, Question
from stip.plan.propose import propose
from stip.plan.rules import Broken, Capacity, Planned, broken_rules, hours_of, used_hours
from stip.plan.run import LAST_WEEK, Inputs, look_up, make_plan, rhythm_before
from stip.plan.slots import EVERY_SLOT, SHIFTS, Slot, moments, slots_in
from stip.plan.standing import Shown, place_of, shown_plan
from stip.plan.tell import where_and_price
from stip.plan.versions import PlanLine, PlanVersion, changes_between, versions_of

__all__ = [
    "EVERY_SLOT",
    "KINDS",
    "LAST_WEEK",
    "ORIGINS",
    "ROLES",
    "SHIFTS",
    "TYPES_APART",
    "Adopted",
    "Broken",
    "Capacity",
    "Decided",
    "Fixed",
    "FramePatch",
    "Inputs",
    "Override",
    "Part",
    "PlanLine",
    "PlanVersion",
    "Planned",
    "PlannedPlace",
    "Proposal",
    "Question",
    "Shown",
    "Slot",
    "VisitKind",
    "adopt",
    "broken_rules",
    "changes_between",
    "check_goal",
    "check_override",
    "check_role",
    "fix_board",
    "hours_of",
    "look_up",
    "make_plan",
    "moments",
    "outline",
    "place_id_of",
    "place_of",
    "proposal_of",
    "propose",
    "record_override",
    "rhythm_before",
    "seed_of",
    "shown_places",
    "shown_plan",
    "shown_proposal",
    "slots_in",
    "standing_plan",
    "used_hours",
    "versions_of",
    "where_and_price",
    "withdraw_override",
    "write_plan_csv",
    "write_plan_geojson",
]
