# SPDX-License-Identifier: EUPL-1.2
"""Comparing headings as people do: capitals, spaces, byte-order marks and ways of writing accents do not count."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]+")


def heading_key(heading: str) -> str:
    r"""Return what two headings that mean the same have in common.

    Examples
    --------
    >>> heading_key("\ufeffBegin-pleegdatum / Tijd ") == heading_key("begin-pleegdatum/tijd")
    True
    """
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", unicodedata.normalize("NFKC", heading)).casefold())
