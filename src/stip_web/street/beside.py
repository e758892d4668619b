# SPDX-License-Identifier: EUPL-1.2
"""What the coordinator's inbox shows of an entry that the workspace does not have: why not gone, and its note."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from stip_web.plans.feedback import Beside
from stip_web.street.codes import WHY_NOT
from stip_web.street.models import Entry
from stip_web.street.notes import note_of


def beside(report_ids: Sequence[str]) -> dict[str, Beside]:
    """Give for each message that came by phone what is kept beside it; others are left out."""
    names = [name for name in report_ids if _is_number(name)]
    entries = Entry.objects.filter(pk__in=[UUID(hex=name) for name in names])
    return {entry.entry_id.hex: Beside(WHY_NOT.get(entry.why, entry.why), note_of(entry)) for entry in entries}


def _is_number(name: str) -> bool:
    try:
        return UUID(hex=name).hex == name
    except ValueError:
        return False
