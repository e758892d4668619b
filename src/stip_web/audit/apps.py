# SPDX-License-Identifier: EUPL-1.2
"""The app of the audit log."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Audit."""

    name = "stip_web.audit"
    verbose_name = "Logboek"
