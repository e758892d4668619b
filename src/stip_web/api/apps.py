# SPDX-License-Identifier: EUPL-1.2
"""The app of api."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """API."""

    name = "stip_web.api"
    verbose_name = "API"
