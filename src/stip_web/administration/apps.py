# SPDX-License-Identifier: EUPL-1.2
"""The app of administration."""

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    """Beheer."""

    name = "stip_web.administration"
    verbose_name = "Beheer"
