# SPDX-License-Identifier: EUPL-1.2
"""The app of workspaces."""

from django.apps import AppConfig


class WorkspacesConfig(AppConfig):
    """Werkmap."""

    name = "stip_web.workspaces"
    verbose_name = "Werkmap"
