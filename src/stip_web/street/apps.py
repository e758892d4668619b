# SPDX-License-Identifier: EUPL-1.2
"""The app of the phone."""

from django.apps import AppConfig


class StreetConfig(AppConfig):
    """Straat."""

    name = "stip_web.street"
    verbose_name = "Straat"
