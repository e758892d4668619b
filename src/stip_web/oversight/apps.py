# SPDX-License-Identifier: EUPL-1.2
"""The app of oversight."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Oversight."""

    name = "stip_web.oversight"
    verbose_name = "Toezicht"
