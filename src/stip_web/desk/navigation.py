# SPDX-License-Identifier: EUPL-1.2
"""The way around: the main menu and the user's menu, as far as somebody may come."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May


@dataclass(frozen=True)
class Item:
    """One entry of the menu.

    Attributes
    ----------
    label : str
    view : str
        Name of the URL.
    permissions : tuple of Permission
        One of these is enough; empty: whoever is logged in.
    """

    label: str
    view: str
    permissions: tuple[May, ...] = ()


MAIN = (
    Item("Deze week", "home"),
    Item("Kaart", "dots:map", (May.DOTS_FINE, May.DOTS_COARSE)),
    Item("Vooruitblik", "outlooks:latest", (May.OUTLOOK_READ, May.OUTLOOK_COARSE)),
    Item("Weekplan", "plans:latest", (May.PLAN_READ, May.PLAN_OWN)),
    Item("Straat", "street:today", (May.FEEDBACK_OWN,)),
    Item("Signalen", "signals:list", (May.SIGNAL_READ,)),
    Item("Evaluatie", "evaluations:weeks", (May.LEARN_READ, May.LEARN_TEAM)),
    Item("Gegevens", "intakes:board", (May.DATA_READ, May.DATA_IMPORT)),
    Item(
        "Toezicht",
        "oversight:index",
        (
            May.RULES_APPROVE,
            May.RULES_PROPOSE,
            May.PUBLICATION_APPROVE,
            May.PUBLICATION_PROPOSE,
            May.RETENTION_RUN,
            May.PAUSE,
        ),
    ),
    Item("Beheer", "administration:index", (May.USERS_MANAGE, May.JOBS_MANAGE, May.HEALTH_READ)),
    Item("Logboek", "administration:log", (May.LOG_READ,)),
)
OWN = (
    Item("Mijn weergaven", "dots:views", (May.DOTS_FINE, May.DOTS_COARSE)),
    Item("Mijn inzage", "administration:own_log"),
    Item("Inloggen en beveiliging", "mfa_index"),
    Item("Sleutels voor programma’s", "tokens"),
)


def menu(request: HttpRequest, items: tuple[Item, ...]) -> list[dict[str, object]]:
    """Give the entries that this person may open; the one that is open is marked."""
    user = request.user
    if not isinstance(user, User):
        return []
    allowed = [item for item in items if not item.permissions or user.may(*item.permissions)]
    links = [(item.label, reverse(item.view)) for item in allowed]
    here = max((url for _, url in links if _within(request.path, url)), key=len, default="")
    return [{"label": label, "url": url, "current": url == here} for label, url in links]


def _within(path: str, url: str) -> bool:
    return path == url if url == "/" else path == url or path.startswith(url.rstrip("/") + "/")
