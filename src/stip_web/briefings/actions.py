# SPDX-License-Identifier: EUPL-1.2
"""What leaves a line in the log: taking the briefing along."""

from __future__ import annotations

from dataclasses import dataclass, field

from stip_web.audit.actions import Action
from stip_web.briefings.reader import READS


@dataclass
class TakeBriefing(Action[None]):
    """Take the briefing along on paper. The file is made before; without this line it is not handed out."""

    action = "briefing.take"
    label = "Briefing meegenomen als PDF"
    permission = READS
    week: str = field(kw_only=True)
    version: int = field(kw_only=True)
    count: int = field(kw_only=True)
    fine: bool = field(kw_only=True)

    def change(self) -> None:
        """Write what was taken; nothing else changes."""
        self.subject = f"briefing van {self.week.lower()}"
        self.details = {"week": self.week, "version": self.version, "places": self.count, "fine": self.fine}
