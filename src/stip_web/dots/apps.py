# SPDX-License-Identifier: EUPL-1.2
"""The app of dots."""

from django.apps import AppConfig


class DotsConfig(AppConfig):
    """Kaart."""

    name = "stip_web.dots"
    verbose_name = "Kaart"
