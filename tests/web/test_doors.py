# SPDX-License-Identifier: EUPL-1.2
"""No address is forgotten: each says who may come in, and lets in nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from stip_web.accounts.door import door_of
from stip_web.accounts.grants import ROLES
from stip_web.accounts.permissions import Permission

OUTSIDE = ("account/", "api/v1")


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        elif not route.startswith(OUTSIDE):
            yield route, entry


ALL = dict(patterns(get_resolver()))


@pytest.mark.parametrize("route", sorted(ALL))
def test_each_address_says_who_may_come_in(route: str) -> None:
    assert door_of(ALL[route].callback) is not None, f"{route} has no door"


@pytest.mark.parametrize("route", sorted(route for route in ALL if "<" not in route))
def test_nobody_comes_in_without_the_permission(
    route: str, each_role: str, as_role: Callable[[str], Client], own_site: object
) -> None:
    door = door_of(ALL[route].callback)
    assert door is not None
    answer = as_role(each_role).get(f"/{route}")
    held = ROLES[each_role][1] if each_role else frozenset()
    if door.everybody or (each_role and (not door.any_of or door.any_of & held)):
        assert answer.status_code not in (401, 403)
    elif each_role:
        assert answer.status_code == 403
    else:
        assert answer.status_code == 401 or answer["Location"].startswith("/account/login/")


def test_every_permission_is_granted_to_somebody() -> None:
    granted = frozenset().union(*(held for _, held in ROLES.values()))
    assert set(Permission) == granted
