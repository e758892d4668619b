# SPDX-License-Identifier: EUPL-1.2
"""What the environment says of this installation, checked before anything starts."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import AnyHttpUrl, Field

from stip.settings import Frozen, checked
from stip_web.inbox.terms import ANSWERS, MESSAGE_DAYS, OBJECTION_ANSWERS

_YES_OR_NO = {"1": True, "true": True, "ja": True, "0": False, "false": False, "nee": False}


class Mode(StrEnum):
    """What the site is for."""

    DEMO = "demo"
    PRODUCTION = "production"


class Environment(Frozen):
    """Settings of one installation; each is a variable ``STIP_…``, save ``DATABASE_URL``.

    Attributes
    ----------
    mode : Mode
        ``demo`` has users with known passwords; ``production`` refuses what is not safe.
    workspace : Path
        The library's workspace (``STIP_WORKSPACE``).
    state : Path
        Folder of what only the site keeps: the SQLite file, the upload's quarantine and its key.
    database_url : str
        Such as ``postgresql://stip@/stip``; without it, SQLite in ``state``.
    sqlite : bool
        SQLite is meant, so the check says nothing about it.
    secret_key : str
        Signs sessions; in a demo it is made once and kept in ``state``.
    old_secret_key : str
        The key before this one, for as long as what it signed and sealed still counts.
    hosts : tuple of str
        Names under which the site is reached.
    proxies : int
        How many trusted proxies stand before the site, each adding to ``X-Forwarded-For``.
    require_mfa : bool
        Whether a local log-in asks for a second factor before anything is shown.
    oidc_url, oidc_client, oidc_secret, oidc_name
        The municipality's own log-in service (OpenID Connect), when it has one.
    oidc_mfa : str
        How the log-in service says that it asked for a second step: a claim of its identity token and the value to
        find there, such as ``amr:mfa`` or ``acr:…``. Without it, the second step is asked here.
    log_months : int
        How long the lines of the logs are kept.
    otlp_url : str
        Where the processing log is sent besides the local table.
    private_hosts : tuple of str
        Machines on the own network that the log-in service may send us on to; the hosts of ``oidc_url`` and
        ``otlp_url`` need not be named.
    tiles_url : str
        Background map, such as the BRT of PDOK; without it the workspace's own areas, roads and water.
    mail_url : str
        ``smtp://host:port`` of the mail server; without it, mail is printed by the server.
    mail_from : str
    upload_mb : int
        Largest file that may be uploaded, in megabytes of 1,000,000 bytes.
    step_minutes : float
        How long one step of reading a file may take; then it is stopped.
    inbox : Path
        Folder in which the public site lays sealed messages; without it, ``berichten`` beside ``state``.
    message_days : int
        How many days after the answer a citizen's message is destroyed; the public site says the same.
    answers : str
        Who answers those messages, as a citizen reads it.
    objection_answers : str
        Who decides on an objection or a request about own data, as a citizen reads it.
    quarantine_key : str
        64 hex digits that lock the keys of uploads; without it, one is made once and kept in ``state``.
    old_quarantine_key : str
        The one before it, until ``stip_web quarantine --rotate`` has locked everything anew.
    """

    mode: Mode = Mode.PRODUCTION
    workspace: Path
    state: Path
    inbox: Path
    database_url: str = ""
    sqlite: bool = False
    secret_key: str = Field(default="", repr=False)
    old_secret_key: str = Field(default="", repr=False)
    hosts: tuple[str, ...] = ()
    proxies: int = Field(default=0, ge=0, le=5)
    require_mfa: bool = True
    oidc_url: AnyHttpUrl | None = None
    oidc_client: str = ""
    oidc_secret: str = Field(default="", repr=False)
    oidc_name: str = "Inloggen met uw werkaccount"
    oidc_mfa: str = Field(default="", pattern=r"^((amr|acr|acrs):\S+)?$")
    log_months: int = Field(default=36, ge=6, le=120)
    otlp_url: AnyHttpUrl | None = None
    private_hosts: tuple[str, ...] = ()
    tiles_url: str = ""
    mail_url: str = ""
    mail_from: str = "stip@localhost"
    upload_mb: int = Field(default=250, ge=1, le=2000)
    step_minutes: float = Field(default=30, gt=0, le=1440)
    message_days: int = Field(default=MESSAGE_DAYS, ge=1, le=365)
    answers: str = Field(default=ANSWERS, min_length=3, max_length=80)
    objection_answers: str = Field(default=OBJECTION_ANSWERS, min_length=3, max_length=80)
    quarantine_key: str = Field(default="", repr=False, pattern=r"^([0-9a-fA-F]{64})?$")
    old_quarantine_key: str = Field(default="", repr=False, pattern=r"^([0-9a-fA-F]{64})?$")

    @property
    def tiles_origin(self) -> str:
        """Scheme, host and port of the background map, for the browser's policy."""
        return _origin(self.tiles_url)

    @property
    def oidc_origin(self) -> str:
        """Scheme, host and port of the log-in service."""
        return _origin(str(self.oidc_url or ""))

    @property
    def mail_host(self) -> str:
        """Host of the mail server, empty when there is none."""
        return urlsplit(self.mail_url).hostname or ""

    @property
    def mail_port(self) -> int:
        """Port of the mail server."""
        return urlsplit(self.mail_url).port or 25


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def read_environment(variables: Mapping[str, str] = os.environ) -> Environment:
    """Read the settings of this installation.

    Raises
    ------
    SettingsError
        When one is missing or does not fit; the sentence names the variable.
    """
    fields: dict[str, object] = {
        name: variables[key]
        for name in Environment.model_fields
        if variables.get(key := "DATABASE_URL" if name == "database_url" else f"STIP_{name.upper()}")
    }
    for name in {"hosts", "private_hosts"} & set(fields):
        fields[name] = [part.strip() for part in str(fields[name]).split(",") if part.strip()]
    for name in {"require_mfa", "sqlite"} & set(fields):
        said = str(fields[name]).lower()
        fields[name] = _YES_OR_NO.get(said, said)
    fields.setdefault("workspace", "demo/werkmap")
    fields.setdefault("state", Path(str(fields["workspace"])).resolve().parent / "site")
    fields.setdefault("inbox", Path(str(fields["state"])).resolve().parent / "berichten")
    return checked(fields, Environment, "De omgeving (variabelen STIP_…)")


def secret_of(environment: Environment) -> str:
    """Give the key that signs sessions; in a demo it is made once and kept, readable by its owner only."""
    if environment.secret_key:
        return environment.secret_key
    if environment.mode is Mode.PRODUCTION:
        return ""  # `check_installation` says so, and Django refuses to start
    path = environment.state / "secret_key"
    environment.state.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text()
