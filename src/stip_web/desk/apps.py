# SPDX-License-Identifier: EUPL-1.2
"""The app of the desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Desk."""

    name = "stip_web.desk"
    verbose_name = "Werkplek"
