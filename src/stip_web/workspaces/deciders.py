# SPDX-License-Identifier: EUPL-1.2
"""Who sees which signals and decides on them: the permission, and the table of rules that the municipality edits."""

from __future__ import annotations

from stip.settings import Settings
from stip.signals import SignalKind, roles_known, rule_of
from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May

_IN_WORKSPACE = {
    "analyst": "analist",
    "coordinator": "coordinator",
    "member": "lid",
    "privacy_officer": "fg",
    "policy": "bestuur",
}
"""How the roles of an installation are called in the workspace; a role of the town's own keeps its code."""


def roles_of(user: User) -> tuple[str, ...]:
    """Give the roles of a person as the workspace knows them."""
    codes = [role.code for role in user.roles.all()]
    return tuple(_IN_WORKSPACE.get(code, code.replace("-", "_")) for code in codes)


def role_for(user: User, settings: Settings, kind: str) -> str:
    """Give the role by which a person decides on a kind of signal; empty when the person may not."""
    if not user.may(May.SIGNAL_DECIDE):
        return ""
    decides = rule_of(settings, kind).decides
    return next((role for role in roles_of(user) if role in decides), "")


def raising_role(user: User, settings: Settings) -> str:
    """Give the role by which a person raises a signal."""
    known = roles_known(settings) - {"stip"}
    usual = "coordinator" if user.may(May.SIGNAL_DECIDE) else "lid"
    return next((role for role in roles_of(user) if role in known), usual)


def kinds_decided(user: User, settings: Settings) -> frozenset[str]:
    """Give the kinds that a person may decide on."""
    return frozenset(kind for kind in SignalKind if role_for(user, settings, kind))


def kinds_seen(user: User, settings: Settings) -> frozenset[str]:
    """Give the kinds that a person may see; help only who decides on it, and who oversees privacy."""
    if not user.may(May.SIGNAL_READ):
        return frozenset()
    sees_help = bool(role_for(user, settings, SignalKind.HELP)) or user.may(May.RULES_APPROVE)
    return frozenset(kind for kind in SignalKind if sees_help or kind != SignalKind.HELP)
