# SPDX-License-Identifier: EUPL-1.2
"""A key with which a program may ask what its owner may see, or less."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from stip_web.accounts.models.role import known_permissions
from stip_web.accounts.models.user import User

LIFE = timedelta(days=90)


def digest_of(secret: str) -> str:
    """Give what is kept of a token; the secret has 256 random bits, so no slow hash is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Token(models.Model):
    """A token of one person, with the permissions it may use; only its digest is kept."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField("naam", max_length=80)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = models.JSONField("rechten", default=list, validators=[known_permissions])
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField("geldig tot")
    used_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        """Newest first."""

        ordering = ("-made_at",)

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    @classmethod
    def make(
        cls, owner: User, name: str, scopes: list[str], *, expires_at: datetime | None = None
    ) -> tuple[Token, str]:
        """Make a token; its secret is shown once and not kept."""
        secret = "stip_" + secrets.token_urlsafe(32)
        at = expires_at or timezone.now() + LIFE
        token = cls(owner=owner, name=name, digest=digest_of(secret), scopes=scopes, expires_at=at)
        token.full_clean()
        token.save()
        return token, secret

    @classmethod
    def of(cls, secret: str) -> Token | None:
        """Find the token that still counts."""
        found = cls.objects.select_related("owner").filter(digest=digest_of(secret), expires_at__gt=timezone.now())
        token = found.first()
        return token if token is not None and token.owner.is_active else None

    @property
    def permissions(self) -> frozenset[str]:
        """What it may use: its scopes, as far as the owner still holds them."""
        return self.owner.held & frozenset(self.scopes)
