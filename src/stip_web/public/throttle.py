# SPDX-License-Identifier: EUPL-1.2
"""How many messages are taken: a few an hour from one address, and a limit for all together. Nothing is written down.

An address is known only as a hash under a key that is drawn anew each hour and lives in memory: nobody, nor we, can
tell from it who sent what, and it is gone when the hour or the process is.
"""

from __future__ import annotations

import hashlib
import ipaddress
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
            asker = self._asker(address)
            if self._counted[asker] >= PER_ASKER or self._counted.total() >= TOGETHER:
                return False
            self._counted[asker] += 1
            return True

    def gives_back(self, address: str) -> None:
        """Count a message less: it was taken, but could not be kept."""
        with self._lock:
            asker = self._asker(address)
            if self._counted[asker] > 0:
                self._counted[asker] -= 1

    def _asker(self, address: str) -> bytes:
        return hashlib.blake2b(_household(address).encode(), key=self._key, digest_size=16).digest()

    def _begin_hour(self) -> None:
        self._began = self._clock()
        self._key = secrets.token_bytes(32)
        self._counted: Counter[bytes] = Counter()


def _household(address: str) -> str:
    """Give what one connection has: an address of IPv4, or the 64 bits of IPv6 under which it has very many.

    What is no address counts as it is.
    """
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv6Address):
        if known.ipv4_mapped is not None:
            return str(known.ipv4_mapped)
        return str(ipaddress.IPv6Network((known, 64), strict=False))
    return str(known)


def address_of(request: HttpRequest, proxies: int) -> str:
    """Give where a request comes from, as the outermost trusted proxy saw it; a longer header is not believed."""
    passed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if proxies and len(passed) >= proxies:
        return passed[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))
