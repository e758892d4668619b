# SPDX-License-Identifier: EUPL-1.2
"""Morton's order: what lies close on the map lies close in memory, and compresses well."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def morton(x: npt.NDArray[np.uint16], y: npt.NDArray[np.uint16]) -> npt.NDArray[np.uint32]:
    """Return the place of each (x, y) along Morton's curve: their bits, one by one from each.

    Parameters
    ----------
    x, y : ndarray of uint16, shape (n,)

    Returns
    -------
    ndarray of uint32, shape (n,)
    """
    found: npt.NDArray[np.uint32] = _spread(x) | (_spread(y) << np.uint32(1))
    return found


def _spread(values: npt.NDArray[np.uint16]) -> npt.NDArray[np.uint32]:
    """Put a zero between each two bits."""
    bits = values.astype(np.uint32)
    for shift, mask in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        bits = (bits | (bits << np.uint32(shift))) & np.uint32(mask)
    return bits
