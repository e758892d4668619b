# SPDX-License-Identifier: EUPL-1.2
"""What a part of a page says when what it tells of cannot be read; the other parts are shown."""

from __future__ import annotations

import logging

from stip.errors import StipError
from stip_web.answers.own_faults import without_places

log = logging.getLogger(__name__)

BROKEN = (StipError, OSError, LookupError, TypeError, ValueError)
"""What is raised over a file that was damaged, or changed by hand."""

UNREADABLE = "Niet te lezen"

_UNSAID = "Iets in de werkmap klopt niet. Vraag de beheerder om ‘stip doctor’ te draaien; in het logboek staat meer."


def told(error: Exception, part: str) -> str:
    """Give the sentence of the library, or one of its own; the words of another error could hold a value.

    Parameters
    ----------
    part : str
        What could not be shown, for the log of the server.
    """
    if isinstance(error, StipError):
        return without_places(error)
    log.error("%s cannot be shown: %s", part, type(error).__name__)
    return _UNSAID
