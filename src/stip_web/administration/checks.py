# SPDX-License-Identifier: EUPL-1.2
"""Checks of ``stip_web check --deploy``: what makes an installation unsafe, in a sentence."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError

from stip_web.accounts.models import User
from stip_web.settings.environment import Environment

_SHORTEST_KEY = 50


@register(Tags.security, deploy=True)
def check_installation(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Look at the environment and the folders."""
    environment: Environment = settings.ENVIRONMENT
    if settings.DEMO:
        return [
            Warning("Dit is het voorbeeld: de wachtwoorden zijn bekend.", "Zet STIP_MODE=production.", id="stip.W001")
        ]
    return [*_must(environment), *_from_a_demo(), *_might(environment)]


def _must(environment: Environment) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if len(environment.secret_key) < _SHORTEST_KEY:
        made = "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        found.append(Error("STIP_SECRET_KEY is te kort of leeg.", f"Maak er een met: {made}", id="stip.E001"))
    if not environment.hosts or "*" in environment.hosts:
        found.append(
            Error(
                "STIP_HOSTS noemt geen adres, of elk adres.",
                "Bijvoorbeeld STIP_HOSTS=stip.example.nl",
                id="stip.E002",
            )
        )
    found += _keys(environment)
    if not (Path(environment.workspace) / "stip.toml").is_file():
        found.append(Error("STIP_WORKSPACE is geen werkmap.", "Maak er een met: stip init", id="stip.E005"))
    if environment.oidc_url is not None and not (environment.oidc_client and environment.oidc_secret):
        found.append(
            Error(
                "De inlogdienst is half ingesteld.", "Zet ook STIP_OIDC_CLIENT en STIP_OIDC_SECRET.", id="stip.E006"
            )
        )
    if environment.oidc_url is not None and environment.oidc_url.scheme != "https":
        found.append(Error("STIP_OIDC_URL begint niet met https.", "Gebruik het adres met https.", id="stip.E007"))
    return found


def _from_a_demo() -> list[CheckMessage]:
    """Look for accounts of a demo that still open; a database without the table, or none, has no accounts."""
    try:
        left = User.objects.filter(demo=True, is_active=True).count()
    except DatabaseError:
        return []
    if not left:
        return []
    said = f"In deze database zijn {left} accounts van het voorbeeld open; hun wachtwoorden zijn bekend."
    hint = "Begin met een lege database: zet STIP_STATE of DATABASE_URL op een nieuwe, en dan: stip_web upgrade"
    return [Error(said, hint, id="stip.E008")]


def _keys(environment: Environment) -> list[CheckMessage]:
    said = os.environ.get("STIP_KEYS", "")
    if not said:
        hint = "Zet STIP_KEYS op een map buiten de werkmap en buiten de reservekopie."
        return [Error("STIP_KEYS ontbreekt: de sleutel van de meldingsnummers.", hint, id="stip.E003")]
    keys = Path(said).resolve()
    inside = [folder.resolve() for folder in (environment.workspace, environment.state)]
    if any(keys.is_relative_to(folder) for folder in inside):
        return [
            Error("STIP_KEYS ligt in de werkmap of de map van de site.", "Kies een map daarbuiten.", id="stip.E004")
        ]
    return []


def _might(environment: Environment) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if not environment.database_url:
        found.append(
            Warning(
                "De database is SQLite. Dat kan voor een klein team op één machine.",
                "Voor meer: zet DATABASE_URL op een PostgreSQL, of zwijg hierover met STIP_SQLITE=ja.",
                id="stip.W002",
            )
        )
    if not environment.require_mfa and environment.oidc_url is None:
        found.append(
            Warning(
                "Inloggen gaat zonder tweede stap.",
                "Haal STIP_REQUIRE_MFA weg, dan is hij verplicht.",
                id="stip.W003",
            )
        )
    return [one for one in found if not (one.id == "stip.W002" and environment.sqlite)]
