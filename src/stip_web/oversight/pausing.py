# SPDX-License-Identifier: EUPL-1.2
"""Putting a source, a stage or everything on hold from the desk, and lifting that again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

import pandas as pd

from stip.agreements import PAUSE_ROLES, Agreement, agreements_of, pausable, pauses, tidy_reason
from stip.agreements import record_pause as write_pause
from stip.errors import AgreementError, SettingsError
from stip.store import Workspace, read_decisions
from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.actions import Action
from stip_web.audit.models import Intent
from stip_web.workspaces import clock
from stip_web.workspaces.deciders import roles_of
from stip_web.workspaces.outside import keep_room_to_pause, make_room_to_pause

STOPS = {
    "all": "Kaart, lijsten met meldingen, vooruitblik, weekplan, telefoon, evaluatie en openbare cijfers, ook als "
    "bestand, in de API en voor opdrachten. Open blijven: de signalen en hun verslag, zonder wat de vooruitblik zei; "
    "de bronnen, afspraken, lagen en leveringen, met hun aantallen; toezicht, berichten, logboeken en "
    "beheer; en de teksten op de openbare site.",
    "link": "Meldingen aan buurten en vakken koppelen.",
    "outlook": "De vooruitblik maken en tonen, ook in de API.",
    "plan": "Het weekplan maken en tonen: op het scherm, op papier, op de telefoon en in de API.",
    "learn": "Nameten, de evaluatie en het trackrecord.",
    "publish": "Openbare cijfers voorstellen, goedkeuren en tonen.",
}
"""What stands still with each stage, in words."""
OF_SOURCE = "Deze bron inlezen, en alles waarin haar meldingen meetellen."


def pausing_role(user: User) -> str:
    """Give the role by which this person pauses; a name never goes into the workspace."""
    known = next((role for role in roles_of(user) if role in PAUSE_ROLES), "")
    if known:
        return known
    if user.may(May.RULES_APPROVE):
        return "fg"
    return "bestuur" if user.may(May.PUBLICATION_APPROVE) else "coordinator"


@dataclass
class Pause(Action[str]):
    """Put something on hold, or lift that; every page, call, command and the public site follow at once."""

    action: ClassVar[str] = "pause.set"
    label: ClassVar[str] = "Stilgezet"
    permission: ClassVar[May] = May.PAUSE
    workspace: Workspace = field(kw_only=True)
    what: str = field(kw_only=True)

    paused: ClassVar[bool] = True

    def run(self) -> str:
        """Do it, and keep room again for the next time, also when it failed."""
        try:
            return super().run()
        finally:
            keep_room_to_pause()

    def check(self) -> None:
        """Refuse what cannot be on hold, is so already, or has no reason."""
        held = set(pauses(self.workspace)["what"])
        known = {**pausable(self.workspace), **dict.fromkeys(held, "")}
        if self.what not in known:
            raise AgreementError("Kies wat er stil moet staan.")
        if self.paused == (self.what in held):
            raise AgreementError("Dat staat al stil." if self.paused else "Dat staat niet meer stil.")
        self.why = tidy_reason(self.why, AgreementError)
        if self.paused:
            make_room_to_pause()

    def foretell(self) -> None:
        """Name it, so that the line can."""
        self._at = clock.now(self.workspace)
        self.subject = self.what
        self.details = {"paused": self.paused, "role": pausing_role(self.actor), "at": self._at.isoformat()}

    def change(self) -> str:
        """Change nothing in the database."""
        return self.what

    def then(self, changed: str) -> str:
        """Write it in the workspace, and outside."""
        return write_pause(
            self.workspace,
            changed,
            paused=self.paused,
            reason=self.why,
            role=pausing_role(self.actor),
            at=self._at,
        )

    @classmethod
    def landed(cls, workspace: Workspace, intent: Intent) -> bool | None:
        """Look whether the decision is there, at its moment or just after one that came before."""
        rows = read_decisions(workspace, "pause", history=True)
        same = (rows["what"] == intent.subject) & (rows["paused"] == cls.paused) & (rows["reason"] == intent.why)
        return bool((same & (rows["at"] >= pd.Timestamp(intent.details["at"]))).any())


@dataclass
class Resume(Pause):
    """Lift a pause."""

    action: ClassVar[str] = "pause.lift"
    label: ClassVar[str] = "Pauze opgeheven"
    paused: ClassVar[bool] = False


def choices(workspace: Workspace) -> list[dict[str, Any]]:
    """Give what can be on hold: name, whether it is, and what stands still with it."""
    held = {row["what"]: row for row in pauses(workspace).to_dict("records")}
    titles, names = _titles(workspace), pausable(workspace)
    found = []
    for what, name in (dict.fromkeys(held, "") | names).items():
        source = what.removeprefix("source:")
        label = name if source == what else titles.get(source, source)
        row = held.get(what)
        found.append(
            {
                "what": what,
                "label": label,
                "is_source": source != what,
                "gone": what not in names,
                "stops": STOPS.get(what, OF_SOURCE),
                "held": row is not None,
                "since": row["at"].to_pydatetime() if row else None,
                "reason": row["reason"] if row else "",
                "role": PAUSE_ROLES.get(row["role"], row["role"]) if row else "",
            }
        )
    return found


def history(workspace: Workspace) -> list[dict[str, Any]]:
    """Give every pause there ever was, newest first."""
    titles = _titles(workspace)
    names = pausable(workspace)
    rows = read_decisions(workspace, "pause", history=True).iloc[::-1].to_dict("records")
    return [
        {
            "at": row["at"].to_pydatetime(),
            "what": row["what"],
            "label": titles.get(str(row["what"]).removeprefix("source:"), names.get(row["what"], row["what"])),
            "paused": bool(row["paused"]),
            "did": "stilgezet" if row["paused"] else "weer aan",
            "reason": row["reason"],
            "role": PAUSE_ROLES.get(row["role"], row["role"]),
        }
        for row in rows
    ]


def _titles(workspace: Workspace) -> dict[str, str]:
    try:
        held: dict[str, Agreement] = agreements_of(workspace)
    except SettingsError:  # a faulty agreement must not keep the switch away
        return {}
    return {name: agreement.title for name, agreement in held.items()}
