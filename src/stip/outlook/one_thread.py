# SPDX-License-Identifier: EUPL-1.2
"""Reckoning in one thread: sums of so few numbers cost more in handing out than in adding.

And a sum that is always added in the same order is the same on every machine.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache

import sklearn.ensemble  # noqa: F401  its OpenMP must be loaded before it can be held to one thread
from threadpoolctl import ThreadpoolController


def one_thread() -> AbstractContextManager[object]:
    """Hold BLAS and OpenMP to one thread, in the whole process, for as long as the block lasts."""
    return _controller().limit(limits=1)


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()
