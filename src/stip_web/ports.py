# SPDX-License-Identifier: EUPL-1.2
"""Whether a port is free. Two servers of Stip could share one: each would take some of the requests, unseen."""

from __future__ import annotations

import errno
import socket

from django.core.management.base import CommandError


def check_port_is_free(host: str, port: int) -> None:
    """Refuse a port on which something listens already.

    Raises
    ------
    CommandError
        A Dutch sentence that names the port and what to do.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # one that was just closed is free
        try:
            probe.bind(address)
            probe.listen()
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            raise CommandError(
                f"Poort {port} is bezet: daar draait al iets, misschien Stip zelf. Stop dat eerst, of kies met "
                "--port een andere poort."
            ) from None
