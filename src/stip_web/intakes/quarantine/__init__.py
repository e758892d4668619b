# SPDX-License-Identifier: EUPL-1.2
"""Where an upload waits: encrypted from its first byte, destroyed at publish, cancel or after 24 hours."""

from stip_web.intakes.quarantine.keeping import Writing, destroy, get, put, sealed_uploads, write
from stip_web.intakes.quarantine.memory import in_memory
from stip_web.intakes.quarantine.receiving import QuarantineHandler, Received

__all__ = [
    "QuarantineHandler",
    "Received",
    "Writing",
    "destroy",
    "get",
    "in_memory",
    "put",
    "sealed_uploads",
    "write",
]
