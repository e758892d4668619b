# SPDX-License-Identifier: EUPL-1.2
"""Addresses of this app."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from stip_web.administration.views import jobs, log, roles, system, users


def listed(route: str, view: Callable[..., Any], name: str) -> list[URLPattern]:
    """Give a list page and its twins."""
    twins = [path(f"{route}.{form}", view, {"form": form}, name=f"{name}_{form}") for form in ("json", "csv")]
    return [path(route, view, name=name), *twins]


app_name = "administration"
urlpatterns = [
    path("", system.index, name="index"),
    *listed("/gebruikers", users.listed, "users"),
    path("/gebruikers/nieuw", users.new, name="new_user"),
    path("/gebruikers/<int:pk>", users.one, name="user"),
    *listed("/rollen", roles.listed, "roles"),
    path("/rollen/nieuw", roles.new, name="new_role"),
    path("/rollen/<int:pk>", roles.one, name="role"),
    *listed("/taken", jobs.listed, "jobs"),
    path("/taken/<uuid:pk>/opnieuw", jobs.restart, name="restart_job"),
    path("/taken/<uuid:pk>/schrappen", jobs.drop, name="drop_job"),
    *listed("/logboek", log.changes, "log"),
    *listed("/logboek/inzage", log.looks, "looks"),
    *listed("/systeem", system.shown, "system"),
    *listed("/mijn-inzage", log.own, "own_log"),
]
