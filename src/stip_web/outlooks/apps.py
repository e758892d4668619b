# SPDX-License-Identifier: EUPL-1.2
"""The app of outlooks."""

from django.apps import AppConfig
from django.urls import register_converter


class OutlooksConfig(AppConfig):
    """Vooruitblik."""

    name = "stip_web.outlooks"
    verbose_name = "Vooruitblik"

    def ready(self) -> None:
        """Let the addresses of every app hold a week, also those that are read before these."""
        from stip_web.outlooks import converters

        register_converter(converters.WeekConverter, "week")
        register_converter(converters.CellConverter, "cell")
        register_converter(converters.FormConverter, "form")
        register_converter(converters.MapFormConverter, "mapform")
