# SPDX-License-Identifier: EUPL-1.2
"""Which process does something, and whether it is still there."""

from __future__ import annotations

import os
import socket


def this_worker() -> str:
    """Name this process: machine, number, and when the number was given out, since numbers come back."""
    return f"{_machine()}:{os.getpid()}:{_started(os.getpid())}"


def is_gone(worker: str) -> bool:
    """Tell whether a process of this machine is no longer there; of another machine that is not known."""
    host, process, started = (["", "", *worker.rsplit(":", 2)])[-3:]
    return host == _machine() and _started(int(process)) != started


def _machine() -> str:
    """Name where process numbers mean something: a container counts its own, whatever its name."""
    try:
        return f"{socket.gethostname()} {os.readlink('/proc/self/ns/pid').strip('pid:[]')}"
    except OSError:
        return socket.gethostname()


def _started(process: int) -> str:
    """Give when a process began, in ticks since the machine did; empty when none is, or only its name."""
    try:
        with open(f"/proc/{process}/stat", encoding="ascii", errors="replace") as file:
            told = file.read().rpartition(")")[2].split()
        return "" if told[0] == "Z" else told[19]
    except (OSError, IndexError):
        return ""
