# SPDX-License-Identifier: EUPL-1.2
"""How a view says who may come in. A view that says nothing lets nobody in; `stip_web.desk.middleware.doors` asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpRequest

from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Door:
    """Who may come in.

    Attributes
    ----------
    any_of : frozenset of Permission
        One of these is enough; empty: whoever is logged in.
    everybody : bool
        Also who is not logged in.
    """

    any_of: frozenset[Permission] = frozenset()
    everybody: bool = False

    def lets_in(self, user: User) -> bool:
        """Whether this person, who is logged in, may come in."""
        return self.everybody or not self.any_of or not user.held.isdisjoint(self.any_of)


OPEN = Door(everybody=True)


def needs(*any_of: Permission) -> Callable[[View], View]:
    """Let in who holds one of these permissions."""
    if not any_of:
        raise TypeError("needs() without a permission lets nobody in; use logged_in or everybody")
    return _with(Door(frozenset(any_of)))


def logged_in(view: View) -> View:
    """Let in whoever is logged in: only for what is about that person."""
    return _with(Door())(view)


def everybody(view: View) -> View:
    """Let everybody in: only for what tells nothing."""
    return _with(OPEN)(view)


def _with(door: Door) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.door = door  # type: ignore[attr-defined]
        return view

    return mark


def door_of(view: Callable[..., Any]) -> Door | None:
    """Give what a view said, None when it said nothing."""
    return getattr(view, "door", None)


def user_of(request: HttpRequest) -> User:
    """Give the person who asks, behind a door that let only people in."""
    assert isinstance(request.user, User), "behind no door"  # noqa: S101 - the middleware sees to it
    return request.user
