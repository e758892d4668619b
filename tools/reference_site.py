# SPDX-License-Identifier: EUPL-1.2
"""The reference page of the site: what the environment may say, permissions, roles, addresses, commands."""

from __future__ import annotations

import inspect
import os
import tempfile
from collections.abc import Iterator

import django
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

_MADE = "<!-- Made by `make reference` from the code; change it there. -->"


def site_page() -> str:
    """Give the page as Markdown."""
    if not apps.ready:
        os.environ |= {
            "STIP_MODE": "demo",
            "STIP_STATE": tempfile.mkdtemp(),
            "DJANGO_SETTINGS_MODULE": "stip_web.settings",
        }
        django.setup()
    parts = ["# The site", "", _MADE, ""]
    parts += [*_environment(), *_permissions(), *_addresses(), *_commands()]
    return "\n".join(parts).rstrip() + "\n"


def _environment() -> Iterator[str]:
    from stip_web.settings.environment import Environment

    by_name = _told(inspect.getdoc(Environment) or "")
    yield from ("## What the environment says", "", "| variable | default | |", "|---|---|---|")
    for name, field in Environment.model_fields.items():
        variable = "DATABASE_URL" if name == "database_url" else f"STIP_{name.upper()}"
        default = "" if field.is_required() or field.default in ("", None, ()) else f"`{field.default}`"
        yield f"| `{variable}` | {default} | {by_name.get(name, '')} |"
    yield ""


def _told(docstring: str) -> dict[str, str]:
    """Read what a numpydoc docstring says of each attribute."""
    attributes = docstring.partition("----------\n")[2]
    found: dict[str, str] = {}
    names: list[str] = []
    for line in attributes.splitlines():
        if line.startswith(" "):
            found |= {name: f"{found.get(name, '')} {line.strip()}".strip() for name in names}
        else:
            names = [name.strip() for name in line.partition(" : ")[0].split(",")]
    return found


def _permissions() -> Iterator[str]:
    from stip_web.accounts.grants import ROLES
    from stip_web.accounts.permissions import Permission

    names = [name for name, _ in ROLES.values()]
    yield from ("## Permissions", "", "Which roles hold one at the start; a municipality may change that.", "")
    yield f"| permission | | {' | '.join(names)} |"
    yield "|---|---|" + ":-:|" * len(names)
    for permission in Permission:
        marks = " | ".join("●" if permission in held else "" for _, held in ROLES.values())
        yield f"| `{permission}` | {permission.label} | {marks} |"
    yield ""


def _addresses() -> Iterator[str]:
    from stip_web.accounts.door import door_of

    yield from ("## Addresses", "", "| address | who | what it does |", "|---|---|---|")
    for route, entry in sorted(_patterns(get_resolver())):
        door = door_of(entry.callback)
        if door is None:
            continue
        who = (
            "everybody"
            if door.everybody
            else ", ".join(f"`{one}`" for one in sorted(door.any_of)) or "who is logged in"
        )
        told = (inspect.getdoc(entry.callback) or "").split("\n")[0]
        yield f"| `/{route}` | {who} | {told} |"
    yield ""


def _patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            if not route.startswith(("account/", "api/")):
                yield from _patterns(entry, route)
        else:
            yield route, entry


def _commands() -> Iterator[str]:
    from django.core.management import get_commands, load_command_class

    yield from (
        "## Commands",
        "",
        "Django's own commands work too (`stip_web help`).",
        "",
        "| command | |",
        "|---|---|",
    )
    for name, app in sorted(get_commands().items()):
        if str(app).startswith("stip_web"):
            yield f"| `stip_web {name}` | {load_command_class(str(app), name).help} |"
