# SPDX-License-Identifier: EUPL-1.2
"""A change is an action: permission, check, change and a line in the log; called alike by page, API and command."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction

from stip.errors import StipError
from stip.store import Workspace
from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission
from stip_web.answers.own_faults import note_own_fault, without_places
from stip_web.audit.intents import intending
from stip_web.audit.models import AuditLine, Intent
from stip_web.audit.notes import NOTED

Result = TypeVar("Result")


@dataclass
class Action(ABC, Generic[Result]):
    """One change by one person.

    A subclass is a dataclass with what it needs as fields, names its ``action`` and its ``permission``, says in Dutch
    what it does (``label``), and does the change in `change`. It sets ``subject`` and ``details`` for the line there;
    neither may hold a value out of an incident. What it writes in the workspace it does in `then`.

    Examples
    --------
    ::

        @dataclass
        class RenameView(Action[View]):
            action = "view.rename"
            permission = Permission.DOTS_FINE
            view: View = field(kw_only=True)
            name: str = field(kw_only=True)

            def change(self) -> View: ...

        RenameView(user, view=view, name="Station").run()
    """

    actor: User
    why: str = field(default="", kw_only=True)
    subject: str = field(default="", kw_only=True)
    details: dict[str, Any] = field(default_factory=dict, kw_only=True)

    action: ClassVar[str]
    label: ClassVar[str]
    permission: ClassVar[Permission | tuple[Permission, ...]]

    def run(self) -> Result:
        """Do it, all of it or nothing, and write the line.

        The line is written before the workspace is, and when the workspace refuses, line and change go back. A
        process that is killed between the two, or a database that fails at its commit, would lose the line of a
        workspace that changed. So what writes there says so first (`Intent`), and `settle` finds what was cut off.

        Raises
        ------
        PermissionDenied
            When the person holds none of the permissions.
        StipError
            When the change does not fit; the message says why.
        """
        wanted = self.permission if isinstance(self.permission, tuple) else (self.permission,)
        if not self.actor.may(*wanted):
            raise PermissionDenied(self.action)
        try:
            self.check()
            return self._done()
        except StipError as error:  # a page may show it at a form, without a place, and knowing whose fault it is
            note_own_fault(error)
            error.args = (without_places(error), *error.args[1:])
            raise

    def _done(self) -> Result:
        """Do it, with an intent when it writes in the workspace."""
        if type(self).then is Action.then:
            return self._written(None)
        self.foretell()
        with intending(**self._line()) as intent:
            return self._written(intent)

    def _written(self, intent: Intent | None) -> Result:
        """Change, write the line and do the rest, in one transaction."""
        with transaction.atomic():
            changed = self.change()
            AuditLine.objects.create(**self._line())
            if intent is not None:
                Intent.objects.filter(pk=intent.pk).delete()
            return self.then(changed)

    def _line(self) -> dict[str, Any]:
        """Give the fields of the line, as far as they are known."""
        return {
            "actor": self.actor,
            "actor_name": self.actor.get_username(),
            "roles": self.actor.role_names[:200],
            "action": self.action,
            "subject": self.subject[:200],
            "why": self.why[:400],
            "details": self.details,
        }

    def check(self) -> None:  # noqa: B027 - most have nothing to check
        """Refuse what does not fit, before anything changes."""

    def foretell(self) -> None:  # noqa: B027 - without it, a line of what was cut off says no more than the action
        """Set ``subject`` and ``details`` beforehand, of what `then` is going to write in the workspace."""

    @abstractmethod
    def change(self) -> Any:
        """Make the change in the database, which goes back when anything raises, and say what the line tells.

        Returns
        -------
        Result
            What `then` gives on when it has nothing to write in the workspace.
        """

    def then(self, changed: Any) -> Result:
        """Write in the workspace, once the line is there. Raises before anything is written, or not at all."""
        return changed

    @classmethod
    def landed(cls, workspace: Workspace, intent: Intent) -> bool | None:
        """Tell whether what was foretold and then cut off stands in the workspace; None when that cannot be known."""
        return None

    @classmethod
    def mend(cls, workspace: Workspace, intent: Intent) -> None:  # noqa: B027 - most keep nothing in the database
        """Make in the database the change that went back when something that landed was cut off."""


def kinds() -> dict[str, type[Action[Any]]]:
    """Give each kind of action that is known by now, by its name."""
    found: dict[str, type[Action[Any]]] = {}
    waiting: list[type[Action[Any]]] = list(Action.__subclasses__())
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if getattr(kind, "action", ""):
            found[kind.action] = kind
    return found


def labels() -> dict[str, str]:
    """Give each action's words, of every action that is known by now."""
    return NOTED | {name: kind.label for name, kind in kinds().items()}
