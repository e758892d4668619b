# SPDX-License-Identifier: EUPL-1.2
"""A saved view: a filter with a name, and a link that a colleague can open."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone

LONGEST_NAME = 60
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that are read as another
_CODE = 12


def new_code() -> str:
    """Return a code that nobody guesses: 12 of 31 letters and digits."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_CODE))


class Page(models.TextChoices):
    """The page that a view opens."""

    MAP = "kaart", "Kaart"
    LIST = "lijst", "Lijst"
    CHART = "grafiek", "Grafiek"
    COMPARE = "vergelijk", "Vergelijken"


class SavedView(models.Model):
    """A filter that somebody keeps. It holds no report: who opens it sees what his own rights allow."""

    objects: models.Manager[SavedView] = models.Manager()

    code = models.SlugField(max_length=20, unique=True, default=new_code, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="dot_views")
    name = models.CharField("naam", max_length=LONGEST_NAME)
    page = models.CharField("pagina", max_length=12, choices=Page, default=Page.MAP)
    query = models.TextField("filter", blank=True)
    made_at = models.DateTimeField("gemaakt", default=timezone.now)

    class Meta:
        """By name."""

        ordering = ("name", "id")
        verbose_name = "weergave"
        verbose_name_plural = "weergaven"

    def __str__(self) -> str:
        """Return the name."""
        return self.name
