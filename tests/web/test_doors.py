# SPDX-License-Identifier: EUPL-1.2
"""No address is forgotten: each says who may come in, and lets in nobody else, by whatever way and value one asks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import product

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from stip_web.accounts.door import Door, door_of
from stip_web.accounts.grants import ROLES
from stip_web.accounts.permissions import Permission
from stip_web.api.site import api

ALLAUTH = "account/"
OWN_OF_ACCOUNT = {"account/sleutels", "account/sleutels/<int:pk>/intrekken"}
PUBLIC_OF_ALLAUTH = {
    "account/login/",
    "account/signup/",
    "account/inactive/",
    "account/2fa/webauthn/login/",
    "account/3rdparty/login/cancelled/",
    r"account/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
    "account/password/reset/key/done/",
}
"""Logging in, and sentences that tell nothing about anybody."""
VALUES = {
    "week": ("2026-w37",),
    "cell": ("E194000N443000",),
    "uuid": ("6f1c2a52-4a0e-4d0c-9a39-0d2f8a5b7c11",),
    "int": ("1", "999999"),
    "form": ("csv", "json"),
    "mapform": ("csv", "json", "geojson"),
    "intake_twin": (".csv", ".json"),
    "slug:form": ("csv", "geojson", "niets"),
    "slug": ("trees", "niets"),
    "str:week": ("2026-W37", "niets"),
    "str": ("trees", "niets"),
    "path": ("iets",),
}
"""What is filled in for a parameter: by its kind and name, or by its kind."""
OF_A_PATTERN = {"key": "abc-def", "uidb36": "1", "provider_id": "werk"}
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        else:
            yield route, entry


EVERY = dict(patterns(get_resolver()))
NOWHERE = {route for route in EVERY if "(?P<rest>" in route}
OF_ALLAUTH = {route for route in EVERY if route.startswith(ALLAUTH)} - OWN_OF_ACCOUNT
ALL = sorted(set(EVERY) - NOWHERE - OF_ALLAUTH)
OPERATIONS = {
    f"api/v1{bound.prefix}{path}": view.operations[0].view_func
    for bound in api._get_bound_routers()
    for path, view in bound.path_operations.items()
}


def door_at(route: str) -> Door | None:
    operation = OPERATIONS.get(re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route))
    return door_of(operation or EVERY[route].callback)


def addresses(route: str) -> Iterator[str]:
    """Fill in every parameter of a route, in each way that is known."""
    route = (
        re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda found: OF_A_PATTERN[found[1]], route).replace("^", "").replace("$", "")
    )
    found = PARAMETER.findall(route)
    options = [VALUES.get(f"{kind or 'str'}:{name}") or VALUES[kind or "str"] for kind, name in found]
    for chosen in product(*options):
        values = iter(chosen)
        yield "/" + PARAMETER.sub(lambda _, values=values: next(values), route)  # type: ignore[misc]


def test_the_walk_meets_pages_twins_binaries_and_the_api() -> None:
    assert {"kaart", "kaart/lijst.<slug:form>", "vooruitblik/<week:week>/kaart.svg", "api/v1/incidents"} <= set(ALL)
    assert len(ALL) > 80
    assert set(OPERATIONS) <= {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route) for route in ALL}


@pytest.mark.parametrize("route", ALL)
def test_each_address_says_who_may_come_in(route: str) -> None:
    assert door_at(route) is not None, f"{route} has no door"


@pytest.mark.parametrize("route", ALL)
def test_nobody_comes_in_without_the_permission(
    route: str, as_role: Callable[[str], Client], own_site: object, settings: object
) -> None:
    """With it nobody is refused and nothing breaks; 404 only where the address names something."""
    door = door_at(route)
    assert door is not None
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}  # type: ignore[attr-defined]
    for address, code, method in product(addresses(route), ("", *ROLES), ("get", "post")):
        answer = getattr(as_role(code), method)(address)
        held = ROLES[code][1] if code else frozenset()
        told = f"{method} {address} as {code or 'nobody'}: {answer.status_code}"
        if door.everybody or (code and (not door.any_of or door.any_of & held)):
            assert answer.status_code not in (401, 403), told
            assert answer.status_code < 500, told
            assert answer.status_code != 404 or "<" in route, told
        elif route.startswith("api/") and method == "post":
            assert answer.status_code in (401, 403, 405), told
        elif code:
            assert answer.status_code == 403, told
        else:
            assert answer.status_code == 401 or answer["Location"].startswith("/account/login/"), told


@pytest.mark.parametrize("route", sorted(OF_ALLAUTH))
def test_allauth_shows_nothing_to_who_is_not_logged_in(route: str, db: None) -> None:
    for address, method in product(addresses(route), ("get", "post")):
        answer = getattr(Client(), method)(address)
        assert answer.status_code < 500
        assert answer.status_code in (302, 401, 403, 404, 405) or route in PUBLIC_OF_ALLAUTH, (method, address)


def test_every_permission_is_granted_to_somebody() -> None:
    granted = frozenset().union(*(held for _, held in ROLES.values()))
    assert set(Permission) == granted
