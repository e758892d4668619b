# SPDX-License-Identifier: EUPL-1.2
"""The app of outlooks."""

from django.apps import AppConfig


class OutlooksConfig(AppConfig):
    """Vooruitblik."""

    name = "stip_web.outlooks"
    verbose_name = "Vooruitblik"
