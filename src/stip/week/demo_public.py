# SPDX-License-Identifier: EUPL-1.2
"""Make the figures of the demo public, all but the newest quarter: that one waits for someone at the desk."""

from __future__ import annotations

from datetime import datetime

from stip.publish import approve, open_quarters, propose
from stip.store import Workspace


def make_public(workspace: Workspace, at: datetime) -> None:
    """Propose and approve, as people would; what is out already stays as it is.

    Parameters
    ----------
    at : aware datetime
    """
    for quarter in open_quarters(workspace, at=at)[:-1]:
        run = propose(workspace, quarter, at=at)
        approve(workspace, run, role="bestuur", reason="Nagekeken: een voorbeeld met verzonnen meldingen.", at=at)
