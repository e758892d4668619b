# SPDX-License-Identifier: EUPL-1.2
"""The app of intakes."""

from django.apps import AppConfig


class IntakesConfig(AppConfig):
    """Gegevens."""

    name = "stip_web.intakes"
    verbose_name = "Gegevens"
