# SPDX-License-Identifier: EUPL-1.2
"""The app of week plans."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Weekplan."""

    name = "stip_web.plans"
    verbose_name = "Weekplan"
