# SPDX-License-Identifier: EUPL-1.2
"""The app of the public site."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Pages for everybody."""

    name = "stip_web.public"
    label = "public"
    verbose_name = "Openbaar"
