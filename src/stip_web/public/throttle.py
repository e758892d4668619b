# SPDX-License-Identifier: EUPL-1.2
"""How many messages are taken: a few an hour from one address, and a limit for all together. Nothing is written down.

An address is known only as a hash under a key that is drawn anew each hour and lives in memory: nobody, nor we, can
tell from it who sent what, and it is gone when the hour or the process is.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable

from django.http import HttpRequest

_HOUR_S = 3600.0
PER_ASKER = 5
"""Messages an hour from one address, for each process of the server."""
TOGETHER = 200
"""Messages an hour from everybody, for each process of the server."""


class Throttle:
    """Counts messages in an hour."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._begin_hour()

    def takes(self, address: str) -> bool:
        """Say whether one more message is taken from this address, and count it when it is."""
        with self._lock:
            if self._clock() - self._began >= _HOUR_S:
                self._begin_hour()
            asker = hashlib.blake2b(address.encode(), key=self._key, digest_size=16).digest()
            if self._counted[asker] >= PER_ASKER or self._counted.total() >= TOGETHER:
                return False
            self._counted[asker] += 1
            return True

    def _begin_hour(self) -> None:
        self._began = self._clock()
        self._key = secrets.token_bytes(32)
        self._counted: Counter[bytes] = Counter()


def address_of(request: HttpRequest, proxies: int) -> str:
    """Give where a request comes from, as the outermost trusted proxy saw it; a longer header is not believed."""
    passed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if proxies and len(passed) >= proxies:
        return passed[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))
