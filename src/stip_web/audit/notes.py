# SPDX-License-Identifier: EUPL-1.2
"""A line for what no person did by an `Action`: a command, or Stip itself when work in the background ends."""

from __future__ import annotations

from typing import Any

from stip_web.accounts.models import User
from stip_web.audit.models import AuditLine

COMMAND = "opdracht"
"""What stands where a person's name would, of a command: nobody was logged in."""
STIP = "Stip"
"""What stands there of what Stip did by itself."""

NOTED = {
    "log.retention": "Oude regels vernietigd",
    "backup.make": "Reservekopie gemaakt",
    "backup.restore": "Reservekopie teruggezet",
    "user.administrator": "Beheerder gemaakt of weer binnengelaten",
    "delivery.publish": "Levering opgeslagen",
    "upload.refuse": "Bestand geweigerd en vernietigd",
    "quarantine.rotate": "Sleutel van de quarantaine vernieuwd",
    "upload.expire": "Bestand verlopen en vernietigd",
    "street.notes": "Oude opmerkingen van de straat vernietigd",
    "message.arrived": "Berichten van burgers binnengehaald",
    "message.destroyed": "Oude berichten van burgers gewist",
    "upload.step-failed": "Stap van het inlezen mislukt",
}
"""Each action that is noted so, and what it is in words."""


def note(
    action: str, *, subject: str = "", why: str = "", by: User | str | None = COMMAND, **details: Any
) -> AuditLine:
    """Write a line; no value out of an incident.

    Parameters
    ----------
    action : str
        One of `NOTED`.
    by : User or str, optional
        The person on whose behalf, or the name to write down; without either it was Stip.

    Raises
    ------
    KeyError
        When the action has no words.
    """
    if action not in NOTED:
        raise KeyError(f"{action} has no words in NOTED")
    actor = by if isinstance(by, User) else None
    return AuditLine.objects.create(
        actor=actor,
        actor_name=by.get_username() if isinstance(by, User) else by or STIP,
        roles=actor.role_names[:200] if actor else "",
        action=action,
        subject=subject[:200],
        why=why[:400],
        details=details,
    )
