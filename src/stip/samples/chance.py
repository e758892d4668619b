# SPDX-License-Identifier: EUPL-1.2
"""One stream of chance for each part of the town, so that one part can change without moving the others."""

from __future__ import annotations

import zlib

import numpy as np


def chance(seed: int, part: str) -> np.random.Generator:
    """Return the generator of a part: always PCG64, seeded by the town's seed and the part's name."""
    return np.random.Generator(np.random.PCG64([seed, zlib.crc32(part.encode())]))
