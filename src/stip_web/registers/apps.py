# SPDX-License-Identifier: EUPL-1.2
"""The app of the registers."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    """Algoritme."""

    name = "stip_web.registers"
    verbose_name = "Algoritme"
