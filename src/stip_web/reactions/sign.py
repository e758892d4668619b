# SPDX-License-Identifier: EUPL-1.2
"""What Toezicht tells of messages on its first page: how many wait, and which date comes first. Nothing is opened."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.urls import reverse

from stip.store import Workspace
from stip.words import day, number
from stip_web.inbox.taking import waiting
from stip_web.oversight.signs import ATTENTION, GOOD, LATE, Sign
from stip_web.reactions.arriving import unreadable
from stip_web.reactions.listing import rows_of


def messages_sign(workspace: Workspace) -> Sign:
    """Count what waits for an answer, and what still lies sealed in the inbox: its term is inside."""
    rows = rows_of(workspace, "open")
    late = sum(row.late for row in rows)
    sealed = sum(1 for _ in waiting(Path(settings.STIP_INBOX)))
    broken = unreadable()
    lines = []
    if late:
        lines.append(f"{number(late)} {'is' if late == 1 else 'zijn'} over de datum.")
    if rows:
        first = rows[0]
        lines.append(f"Het eerste antwoord: uiterlijk {day(first.answer_by)} ({first.kind.lower()}).")
    if sealed:
        lies = "1 bericht is" if sealed == 1 else f"{number(sealed)} berichten zijn"
        lines.append(f"{lies} nog niet geopend. De termijn loopt al.")
    if broken:
        lines.append(f"{number(broken)} kon{'' if broken == 1 else 'den'} niet worden geopend.")
    mark = LATE if late else ATTENTION if lines else GOOD
    said = tuple(lines) or ("Er wacht geen bericht op antwoord.",)
    return Sign("Berichten van bewoners", len(rows) + sealed, said, mark, "Berichten", reverse("reactions:list"))
