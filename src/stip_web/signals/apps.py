# SPDX-License-Identifier: EUPL-1.2
"""The app of signals; it keeps no tables: signals and answers are in the workspace."""

from django.apps import AppConfig


class SignalsConfig(AppConfig):
    """Signalen."""

    name = "stip_web.signals"
    verbose_name = "Signalen"
