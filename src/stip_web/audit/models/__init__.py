# SPDX-License-Identifier: EUPL-1.2
"""The tables of the audit log; all only ever grow, save by retention; and what was begun and has no line yet."""

from stip_web.audit.models.access import AccessLine
from stip_web.audit.models.intent import Intent
from stip_web.audit.models.line import AuditLine
from stip_web.audit.models.permit import RetentionPermit
from stip_web.audit.models.processing import ProcessingSpan

__all__ = ["AccessLine", "AuditLine", "Intent", "ProcessingSpan", "RetentionPermit"]
