# SPDX-License-Identifier: EUPL-1.2
"""The app of oversight."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Oversight."""

    name = "stip_web.oversight"
    verbose_name = "Toezicht"

    def ready(self) -> None:
        """Lay the card of Toezicht on the home page."""
        from stip_web.accounts.permissions import Permission
        from stip_web.desk.home.tasks import CARDS
        from stip_web.oversight.home import oversight_task

        CARDS.append(((Permission.RULES_APPROVE, Permission.LOG_READ), "", oversight_task))
