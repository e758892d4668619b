# SPDX-License-Identifier: EUPL-1.2
"""The app of *Mag dit?*; it keeps nothing: what was answered stands in the address."""

from django.apps import AppConfig


class MayConfig(AppConfig):
    """The check."""

    name = "stip_web.may"
    verbose_name = "Mag dit?"
