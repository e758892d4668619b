# SPDX-License-Identifier: EUPL-1.2
"""A plan while the outlook is on hold: the places stay, what the outlook said of them goes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from math import nan

from stip.agreements import is_held
from stip.plan.proposal import PlannedPlace, Proposal
from stip.store import Workspace


def shown_places(workspace: Workspace, places: Iterable[PlannedPlace]) -> tuple[PlannedPlace, ...]:
    """Give places as they may be shown: while the outlook is on hold without anything that it says of them.

    Its facts, the hours in which it expects most and how much it expects are left out (``nan``); the place, its
    visits and what people said of it stay.
    """
    if not is_held(workspace, "outlook"):
        return tuple(places)
    return tuple(
        replace(place, reasons=(), when=(), expected=nan, low=nan, high=nan, reached=nan) for place in places
    )


def shown_proposal(workspace: Workspace, proposal: Proposal) -> Proposal:
    """Give a proposal as it may be shown: while the outlook is on hold without its reasons, warnings and numbers."""
    if not is_held(workspace, "outlook"):
        return proposal
    return replace(
        proposal,
        places=shown_places(workspace, proposal.places),
        refused=(),
        frame=(),
        why=(),
        warnings=(),
        objective=nan,
        bound=nan,
        relaxed_bound=nan,
    )
