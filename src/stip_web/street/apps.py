# SPDX-License-Identifier: EUPL-1.2
"""The app of the phone."""

from django.apps import AppConfig


class StreetConfig(AppConfig):
    """Straat."""

    name = "stip_web.street"
    verbose_name = "Straat"

    def ready(self) -> None:
        """Let the coordinator's inbox read what is kept beside entries."""
        from stip_web.plans.feedback import read_beside
        from stip_web.street.beside import beside

        read_beside(beside)
