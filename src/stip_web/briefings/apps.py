# SPDX-License-Identifier: EUPL-1.2
"""The app of briefings."""

from django.apps import AppConfig


class BriefingsConfig(AppConfig):
    """Briefing."""

    name = "stip_web.briefings"
    verbose_name = "Briefing"
