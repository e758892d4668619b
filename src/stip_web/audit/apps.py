# SPDX-License-Identifier: EUPL-1.2
"""The app of the audit log; after each migration the database refuses to change its lines."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    """Audit."""

    name = "stip_web.audit"
    verbose_name = "Logboek"

    def ready(self) -> None:
        """Lock the logs after a migration."""
        from stip_web.audit.locks import lock_after_migration

        post_migrate.connect(lock_after_migration, sender=self)
