# SPDX-License-Identifier: EUPL-1.2
"""Who calls: a program with a token, or a script of the site's own pages with the session of a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja.errors import AuthenticationError
from ninja.security import APIKeyCookie, HttpBearer

from stip_web.accounts.door import Door
from stip_web.accounts.models import Token, User
from stip_web.accounts.permissions import Permission
from stip_web.answers.problems import Refused
from stip_web.desk.middleware.doors import lacks_second_factor

_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Caller:
    """Who calls, and what that call may see.

    Attributes
    ----------
    name : str
        Of the counter that keeps one caller from asking too much; says not who it is.
    owner : User
        The person of the session, or whose token it is.
    held : frozenset of str
        Permissions: of a token, as far as its owner still holds them.
    program : bool
        Whether a token called: what it gets leaves the site.
    """

    name: str
    owner: User
    held: frozenset[str]
    program: bool

    def may(self, *permissions: Permission) -> bool:
        """Whether one of these is held."""
        return not self.held.isdisjoint(permissions)

    def __str__(self) -> str:
        """Return the name of the counter."""
        return self.name


def caller_of(request: HttpRequest) -> Caller:
    """Give who calls, in an operation that let only callers in."""
    caller = request.auth  # type: ignore[attr-defined]
    assert isinstance(caller, Caller), "behind no door"  # noqa: S101 - `operation` sees to it
    return caller


class BearerToken(HttpBearer):
    """A token in ``Authorization: Bearer stip_…``; one that is not good is never passed over for a session."""

    openapi_description = "A token of one person, with the permissions it may use; made on the site."

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        """Find the token, and ask whether it opens this door."""
        found = Token.of(token)
        if found is None:
            raise AuthenticationError
        now = timezone.now()
        if found.used_at is None or now - found.used_at > _EVERY:
            Token.objects.filter(pk=found.pk).update(used_at=now)
        return _let_in(self.door, Caller(f"token-{found.pk}", found.owner, found.permissions, program=True))


class SiteSession(APIKeyCookie):
    """The session of a person on the site: for the scripts of its own pages. Changes ask a CSRF token."""

    param_name = settings.SESSION_COOKIE_NAME
    openapi_description = "The session of a person on the site; for the scripts of its own pages."

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door

    def authenticate(self, request: HttpRequest, key: str | None) -> Caller | None:
        """Take the person of the session, unless the call brought something else to be known by."""
        user = request.user
        if "Authorization" in request.headers or not isinstance(user, User):
            return None
        if lacks_second_factor(request):
            raise Refused(403, "Stel eerst een tweede stap in bij ‘Inloggen en beveiliging’.")
        return _let_in(self.door, Caller(f"user-{user.pk}", user, user.held, program=False))


def _let_in(door: Door, caller: Caller) -> Caller:
    if door.any_of and caller.held.isdisjoint(door.any_of):
        raise Refused(403)
    return caller
