# SPDX-License-Identifier: EUPL-1.2
"""The tables of the audit log; both only ever grow."""

from stip_web.audit.models.line import AuditLine
from stip_web.audit.models.processing import ProcessingSpan

__all__ = ["AuditLine", "ProcessingSpan"]
