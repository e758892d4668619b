# SPDX-License-Identifier: EUPL-1.2
"""The app of evaluations."""

from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    """Evaluatie."""

    name = "stip_web.evaluations"
    verbose_name = "Evaluatie"
