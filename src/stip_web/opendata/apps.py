# SPDX-License-Identifier: EUPL-1.2
"""The app of the open data."""

from django.apps import AppConfig

from stip_web.opendata.environment import opendata_environment


class OpenDataConfig(AppConfig):
    """Figures to take along."""

    name = "stip_web.opendata"
    label = "opendata"
    verbose_name = "Gegevens"

    def ready(self) -> None:
        """Refuse settings that do not fit before anybody is answered."""
        opendata_environment()
