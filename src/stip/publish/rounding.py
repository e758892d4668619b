# SPDX-License-Identifier: EUPL-1.2
"""Cell-key random rounding: a count becomes a multiple of five by a draw that belongs to the reports themselves.

Each report has a key of its own, made with a secret. The keys of the reports in a figure, added up, give its draw. So
the same figure always gets the same draw, and asking again tells nothing new. A
count of ``5 m + r`` becomes ``5 m + 5`` with a chance of ``r / 5``, else ``5 m``: on average it is right.

A total over parts is rounded by its own draw, unless that would pin its parts down: see `total_of`.

References
----------
Fraser & Wooton (2005), A proposed method for confidentialising tabular output to protect against differencing.
Salazar-González et al. (2004) on random rounding and what a total gives away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

BASE = 5
"""Every figure that goes out is a multiple of this."""
SPREAD = 3
"""The true count behind a figure can be at least one more than this many different numbers."""

Ints = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]
_KEY_BYTES = 8


def report_keys(incident_ids: Iterable[str], secret: bytes) -> Keys:
    """Return the key of each report.

    Parameters
    ----------
    incident_ids : iterable of str, n of them
        The numbers that the gate made, not those of the police.
    secret : bytes
        At least 16; see `stip.publish.secret_of`.

    Returns
    -------
    ndarray of uint64, shape (n,)
    """
    keyed = hashlib.blake2b(key=secret, digest_size=_KEY_BYTES, person=b"stip-report")
    digests = []
    for name in incident_ids:
        one = keyed.copy()
        one.update(name.encode())
        digests.append(one.digest())
    return np.frombuffer(b"".join(digests), dtype="<u8").astype(np.uint64)


def draws(cell_keys: Keys, secret: bytes, *, of_totals: bool = False, measure: str = "") -> npt.NDArray[np.float64]:
    """Return the draw of each figure, in [0, 1), from the sum of the keys of its reports.

    Parameters
    ----------
    cell_keys : ndarray of uint64
        Sums that run over the edge of 64 bits, on purpose.
    of_totals : bool
        Totals have draws of their own. With those of the parts, a total that differs from its only filled part would
        say that another part is not empty.
    measure : str
        What is counted, when it is not simply reports. Each measure has draws of its own: two that hold the same
        reports would else be equal, and so say that they do.
    """
    keyed = hashlib.blake2b(key=secret, digest_size=_KEY_BYTES, person=b"stip-total" if of_totals else b"stip-draw")
    keyed.update(measure.encode())
    found = np.empty(len(cell_keys))
    for place, key in enumerate(cell_keys.tolist()):
        one = keyed.copy()
        one.update(int(key).to_bytes(_KEY_BYTES, "little"))
        found[place] = (int.from_bytes(one.digest(), "little") >> 11) * 2.0**-53
    return found


def rounded(counts: Ints, draw: npt.NDArray[np.float64]) -> Ints:
    """Return each count as a multiple of five, up or down by its draw."""
    below = counts // BASE * BASE
    return below + np.where(draw * BASE < counts - below, BASE, 0)


def bounds_of(figures: Ints) -> tuple[Ints, Ints]:
    """Return the smallest and largest count that could stand behind each figure."""
    return np.maximum(figures - BASE + 1, 0), figures + BASE - 1


def total_of(count: int, draw: float, low: Ints, high: Ints) -> int:
    """Return a total as a multiple of five that leaves every part at least ``SPREAD + 1`` possible counts.

    Four parts shown as 0 beside a total shown as 20 would all be 4. Such a total goes to its other neighbour. Who
    knows this rule learns nothing from it: every count that could have given the figure still can.

    With ``L`` and ``H`` the sums of the bounds, a part keeps an interval at least ``SPREAD`` wide when the total is
    not below ``L - 1`` and not above ``H + 1``. One of its two neighbours always is, since the count itself lies
    between ``L`` and ``H``.

    Parameters
    ----------
    count : int
        True total of the parts that are shown: what is hidden is in no total.
    low, high : ndarray of int, shape (parts,)
        What was published about the parts, as `bounds_of` gives it.
    """
    below = count // BASE * BASE
    near = [below] if below == count else [below, below + BASE]
    if len(near) > 1 and draw * BASE < count - below:
        near.reverse()
    least = int(low.sum()) - (BASE - 1 - SPREAD)
    most = int(high.sum()) + (BASE - 1 - SPREAD)
    return next(figure for figure in near if least <= figure <= most)


def inside_of(count: int, draw: float, most: int) -> int:
    """Return a count as a multiple of five, when it is part of something that can be at most ``most``.

    A part shown as 20 inside a whole that is at most 16 would be 16, and so would the whole. Such a figure goes to
    its lower neighbour, so that part and whole keep at least ``SPREAD + 1`` possible counts. That is always possible,
    since the count itself is at most ``most``; and every count that could have given the figure still can.

    Parameters
    ----------
    count : int
        True count, at most ``most``.
    most : int
        The largest count that the figures which are out leave possible for the whole.
    """
    below = count // BASE * BASE
    above = below + BASE
    up = draw * BASE < count - below and above - (BASE - 1) <= most - SPREAD
    return above if up else below
