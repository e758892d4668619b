# SPDX-License-Identifier: EUPL-1.2
"""A line for what a command did: nobody was logged in, so the line says that it was a command."""

from __future__ import annotations

from typing import Any

from stip_web.audit.models import AuditLine

COMMAND = "opdracht"
"""What stands where a person's name would."""


def note(action: str, *, subject: str = "", why: str = "", **details: Any) -> AuditLine:
    """Write a line about what a command did; no value out of an incident."""
    return AuditLine.objects.create(actor_name=COMMAND, action=action, subject=subject, why=why, details=details)
