# SPDX-License-Identifier: EUPL-1.2
"""The roles that an installation starts with: who may what, as UX.md's table says. A municipality may change them."""

from __future__ import annotations

from typing import Any

from stip_web.accounts.permissions import Permission as May

ROLES: dict[str, tuple[str, frozenset[May]]] = {
    "analyst": (
        "Analist",
        frozenset(
            {
                May.DOTS_FINE,
                May.DOTS_EXPORT,
                May.OUTLOOK_READ,
                May.OUTLOOK_CHANGE,
                May.OUTLOOK_RUN,
                May.PLAN_READ,
                May.FEEDBACK_READ,
                May.LEARN_READ,
                May.LEARN_WRITE,
                May.SIGNAL_READ,
                May.DATA_READ,
                May.DATA_IMPORT,
                May.RULES_PROPOSE,
                May.PUBLICATION_PROPOSE,
            }
        ),
    ),
    "coordinator": (
        "Coördinator",
        frozenset(
            {
                May.DOTS_FINE,
                May.DOTS_EXPORT,
                May.OUTLOOK_READ,
                May.OUTLOOK_OWN,
                May.PLAN_READ,
                May.PLAN_WRITE,
                May.PLAN_PUBLISH,
                May.FEEDBACK_READ,
                May.FEEDBACK_WRITE,
                May.LEARN_READ,
                May.SIGNAL_READ,
                May.SIGNAL_RAISE,
                May.SIGNAL_DECIDE,
            }
        ),
    ),
    "member": (
        "Teamlid",
        frozenset({May.DOTS_COARSE, May.PLAN_OWN, May.FEEDBACK_OWN, May.LEARN_TEAM, May.SIGNAL_RAISE}),
    ),
    "privacy_officer": (
        "Functionaris gegevensbescherming",
        frozenset(
            {
                May.DOTS_FINE,
                May.OUTLOOK_READ,
                May.PAUSE,
                May.PLAN_READ,
                May.FEEDBACK_READ,
                May.LEARN_READ,
                May.SIGNAL_READ,
                May.DATA_READ,
                May.RULES_APPROVE,
                May.PUBLICATION_APPROVE,
                May.LOG_READ,
                May.MESSAGE_READ,
                May.MESSAGE_QUESTIONS,
                May.MESSAGE_ANSWER,
            }
        ),
    ),
    "policy": (
        "Bestuur en beleid",
        frozenset(
            {
                May.DOTS_COARSE,
                May.OUTLOOK_COARSE,
                May.PAUSE,
                May.PLAN_READ,
                May.LEARN_READ,
                May.PUBLICATION_APPROVE,
                May.MESSAGE_READ,
                May.MESSAGE_ANSWER,
                May.MESSAGE_DECIDE,
            }
        ),
    ),
    "administrator": (
        "Beheerder",
        frozenset({May.USERS_MANAGE, May.JOBS_MANAGE, May.HEALTH_READ, May.RETENTION_RUN}),
    ),
}
"""Code of each role, the name that people read, and what it may do."""

READS_PLACES = frozenset(
    {
        May.DOTS_FINE,
        May.DOTS_COARSE,
        May.DOTS_EXPORT,
        May.OUTLOOK_READ,
        May.OUTLOOK_COARSE,
        May.OUTLOOK_CHANGE,
        May.OUTLOOK_OWN,
        May.OUTLOOK_RUN,
        May.PLAN_READ,
        May.PLAN_OWN,
        May.PLAN_WRITE,
        May.FEEDBACK_READ,
        May.SIGNAL_READ,
        May.SIGNAL_DECIDE,
        May.DATA_READ,
        May.DATA_IMPORT,
        May.MESSAGE_READ,
        May.MESSAGE_QUESTIONS,
        May.MESSAGE_ANSWER,
        May.MESSAGE_DECIDE,
    }
)
"""What shows where things happened, or what a citizen wrote. A role that manages users has none of these: who hands
out keys does not look."""


def make_default_roles(**_: Any) -> None:
    """Make the roles that are not there yet; what a municipality changed stays as it is."""
    from stip_web.accounts.models import Role

    for code, (name, permissions) in ROLES.items():
        Role.objects.get_or_create(code=code, defaults={"name": name, "permissions": sorted(permissions)})
