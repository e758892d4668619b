# SPDX-License-Identifier: EUPL-1.2
"""The app of the phone."""

from django.apps import AppConfig


class StreetConfig(AppConfig):
    """Straat."""

    name = "stip_web.street"
    verbose_name = "Straat"

    def ready(self) -> None:
        """Let the inbox read what is kept beside entries, and the list of signals know what could not become one."""
        from stip_web.plans.feedback import read_beside
        from stip_web.signals.stuck import count_stuck
        from stip_web.street.beside import beside
        from stip_web.street.stuck import how_many

        read_beside(beside)
        count_stuck(how_many)
