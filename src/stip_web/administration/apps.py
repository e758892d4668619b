# SPDX-License-Identifier: EUPL-1.2
"""The app of administration."""

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    """Beheer."""

    name = "stip_web.administration"
    verbose_name = "Beheer"

    def ready(self) -> None:
        """Check the installation, and keep no words of errors of jobs."""
        from django_tasks.signals import task_finished

        import stip_web.administration.checks  # noqa: F401 - registers them
        from stip_web.administration.jobs import forget_words

        task_finished.connect(forget_words, dispatch_uid="stip-forget-words")
