# SPDX-License-Identifier: EUPL-1.2
"""Sentences that stand in more than one of the texts, so that they say the same everywhere."""

from __future__ import annotations

WAITING = (
    "Een bestand dat binnenkomt, staat met al zijn kolommen hoogstens 24 uur versleuteld klaar om te worden "
    "nagekeken. Daarna wordt het vernietigd."
)
"""What becomes of columns that are refused: they lie in the quarantine until somebody looked."""

TRIED = "Vooraf beproefd op eerdere weken; niet in gebruik gemeten."
"""What the record of the desk is: a trial on weeks that had passed already."""
