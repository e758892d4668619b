# SPDX-License-Identifier: EUPL-1.2
"""What the environment says of this public process. It names no workspace, no database and no keys."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from pydantic import AwareDatetime, Field

from stip.settings import Frozen, checked
from stip_web.inbox.terms import ANSWER_DAYS, ANSWERS, MESSAGE_DAYS, MOST_DAYS, OBJECTION_ANSWERS, OBJECTION_DAYS


class PublicEnvironment(Frozen):
    """Settings of the public process; each is a variable ``STIP_…``.

    Attributes
    ----------
    mode : str
        ``demo`` runs without a certificate, on this machine only.
    published : Path
        The folder ``published`` of the workspace (``STIP_PUBLISHED``); mount it read-only, and nothing else of it.
    inbox : Path
        Folder to which messages are added (``STIP_INBOX``); the process need not be able to list or read it.
    hosts : tuple of str
        Names under which the public site is reached (``STIP_PUBLIC_HOSTS``).
    proxies : int
        How many trusted proxies stand before it, each adding to ``X-Forwarded-For``.
    secret : str
        Signs the proof of receipt of a message; each start makes a new one when left out.
    demo_now : datetime, optional
        In a demo, which lives in its own week: what time it was there when this process started.
    answer_days : int
        Within how many days a question or an error report is answered.
    objection_days : int
        The same of an objection or a request about own data: one month by article 12(3) of the GDPR.
    message_days : int
        How many days after the answer a message, its name and its address are destroyed.
    answers : str
        The role that answers, as a citizen reads it.
    objection_answers : str
        The same, of an objection and a request about own data.
    """

    mode: str = Field(default="production", pattern="^(demo|production)$")
    published: Path
    inbox: Path
    hosts: tuple[str, ...] = ()
    proxies: int = Field(default=0, ge=0, le=5)
    secret: str = Field(default="", repr=False)
    demo_now: AwareDatetime | None = None
    answer_days: int = Field(default=ANSWER_DAYS, ge=1, le=MOST_DAYS)
    objection_days: int = Field(default=OBJECTION_DAYS, ge=1, le=30)
    message_days: int = Field(default=MESSAGE_DAYS, ge=1, le=365)
    answers: str = Field(default=ANSWERS, min_length=3, max_length=80)
    objection_answers: str = Field(default=OBJECTION_ANSWERS, min_length=3, max_length=80)

    def now(self) -> datetime:
        """Give the time, in UTC; in a demo that of its own week."""
        real = datetime.now(UTC)
        return self.demo_now or real if self.mode == "demo" else real


_NAMES = {"hosts": "STIP_PUBLIC_HOSTS", "secret": "STIP_PUBLIC_SECRET"}


def read_public_environment(variables: Mapping[str, str] = os.environ) -> PublicEnvironment:
    """Read the settings of the public process.

    Raises
    ------
    SettingsError
        When one is missing or does not fit; the sentence names the variable.
    """
    fields: dict[str, object] = {
        name: variables[key]
        for name in PublicEnvironment.model_fields
        if variables.get(key := _NAMES.get(name, f"STIP_{name.upper()}"))
    }
    if "hosts" in fields:
        fields["hosts"] = [part.strip() for part in str(fields["hosts"]).split(",") if part.strip()]
    fields.setdefault("published", "published")
    fields.setdefault("inbox", "inbox")
    return checked(fields, PublicEnvironment, "De omgeving (variabelen STIP_…)")


def public_environment() -> PublicEnvironment:
    """Give the settings that this process runs with."""
    from django.conf import settings

    return cast(PublicEnvironment, settings.STIP_PUBLIC)  # type: ignore[misc] # the desk has none
