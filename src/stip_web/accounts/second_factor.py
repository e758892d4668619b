# SPDX-License-Identifier: EUPL-1.2
"""The second step of logging in: kept sealed, and asked for elsewhere only when that is sure."""

from __future__ import annotations

import base64
from functools import cache
from typing import Any

from allauth.account.signals import user_logged_in as allauth_logged_in
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from stip_web.accounts.adapter import SAID
from stip_web.accounts.models import User

_ELSEWHERE = "second_factor_elsewhere"


class SealedAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth has no types
    """Keeps the secrets of codes encrypted, so that a copy of the database does not hold them."""

    error_messages = {**DefaultMFAAdapter.error_messages, **SAID}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - allauth's own name
        """Suggest a name for a passkey."""
        return f"Passkey {Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1}"

    def encrypt(self, text: str) -> str:
        """Seal with the site's key."""
        return _seal(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open with the site's key, or the one before it."""
        return _seal(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS).decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name the site as people know it."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Stip"}


@cache
def _seal(*keys: str) -> MultiFernet:
    def derived(key: str) -> Fernet:
        raw = HKDF(SHA256(), 32, salt=None, info=b"stip second factor").derive(key.encode())
        return Fernet(base64.urlsafe_b64encode(raw))

    return MultiFernet([derived(key) for key in keys])


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened with two steps, here or at the municipality's log-in service.

    Whoever has a second step here was asked for it when logging in; allauth sees to that.
    """
    user = request.user
    assert isinstance(user, User), "only who is logged in"  # noqa: S101 - the door comes first
    return request.session.get(_ELSEWHERE) == user.pk or is_mfa_enabled(user)


def forget(sender: Any, request: HttpRequest | None = None, **_: Any) -> None:
    """Take each log-in as one without a second step elsewhere, whatever the session said before."""
    if request is not None:
        request.session.pop(_ELSEWHERE, None)


def remember(sender: Any, request: HttpRequest, user: User, sociallogin: Any = None, **_: Any) -> None:
    """Know that the log-in service asked for it, once the log-in by that service is complete."""
    if sociallogin is not None:
        request.session[_ELSEWHERE] = user.pk


def watch_log_ins() -> None:
    """Begin to listen; Django's own signal comes first, allauth's when all is done."""
    user_logged_in.connect(forget, dispatch_uid="stip-forget-second-factor")
    allauth_logged_in.connect(remember, dispatch_uid="stip-remember-second-factor")
