# SPDX-License-Identifier: EUPL-1.2
"""The second step of logging in: kept sealed, and asked for elsewhere only when that is sure."""

from __future__ import annotations

import base64
import time
from collections.abc import Mapping
from functools import cache
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.signals import user_logged_in as allauth_logged_in
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from stip_web.accounts.adapter import CAME_AT, SAID
from stip_web.accounts.models import User

_ELSEWHERE = "second_factor_elsewhere"
_ENROLLED = "second_factor_enrolled"


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
    """Whether this very session was opened with two steps, here or at the municipality's log-in service.

    That the account has a second step says nothing of the session: it may have been opened before there was one.
    """
    user = request.user
    assert isinstance(user, User), "only who is logged in"  # noqa: S101 - the door comes first
    if request.session.get(_ELSEWHERE) == user.pk:
        return True
    gave = any(record.get("method") == "mfa" for record in get_authentication_records(request, user))
    return (gave or request.session.get(_ENROLLED) == user.pk) and is_mfa_enabled(user)


def is_left_behind(request: HttpRequest) -> bool:
    """Whether somebody is logged in without the second step that the account has by now; he logs in again."""
    return isinstance(request.user, User) and not has_second_factor(request) and is_mfa_enabled(request.user)


def forget(sender: Any, request: HttpRequest | None = None, **_: Any) -> None:
    """Take each log-in as one without a second step elsewhere, whatever the session said before."""
    if request is not None:
        for name in (_ELSEWHERE, _ENROLLED, CAME_AT):
            request.session.pop(name, None)


def remember(sender: Any, request: HttpRequest, user: User, sociallogin: Any = None, **_: Any) -> None:
    """Know that the log-in service asked for it, once the log-in by that service is complete and says so."""
    if sociallogin is None:
        return
    request.session[CAME_AT] = time.time()
    if asked_elsewhere(sociallogin.account.extra_data.get("id_token") or {}):
        request.session[_ELSEWHERE] = user.pk


def asked_elsewhere(claims: Mapping[str, Any]) -> bool:
    """Whether the log-in service says, as ``STIP_OIDC_MFA`` expects it, that it asked for a second step.

    Parameters
    ----------
    claims : mapping
        Of the identity token, which came straight from the service.
    """
    name, _, wanted = settings.STIP_OIDC_MFA.partition(":")
    said = claims.get(name) if name else None
    return wanted in said if isinstance(said, list) else bool(wanted) and said == wanted


def enrolled(sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    """Believe the session that set up the first second step, and end every other one of this person."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return
    mine = Authenticator.objects.filter(user_id=user.pk).exclude(type=Authenticator.Type.RECOVERY_CODES)
    if not mine.exclude(pk=authenticator.pk).exists():
        request.session[_ENROLLED] = user.pk
    end_sessions(user, but=request.session.session_key)


def end_sessions(user: User, *, but: str | None = None) -> None:
    """Log a person out everywhere, but in the session with this key."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=but).iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()


def watch_log_ins() -> None:
    """Begin to listen; Django's own signal comes first, allauth's when all is done."""
    user_logged_in.connect(forget, dispatch_uid="stip-forget-second-factor")
    allauth_logged_in.connect(remember, dispatch_uid="stip-remember-second-factor")
    authenticator_added.connect(enrolled, dispatch_uid="stip-enrolled-second-factor")
