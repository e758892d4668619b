# SPDX-License-Identifier: EUPL-1.2
"""A change is an action: permission, check, change and a line in the log; called alike by page, API and command."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction

from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission
from stip_web.audit.models import AuditLine
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

        The line is written before the workspace is: a workspace that changed has its line, and when the workspace
        refuses, line and change go back. Only a database that fails at its very commit, after that, loses the line.

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
        self.check()
        with transaction.atomic():
            changed = self.change()
            AuditLine.objects.create(
                actor=self.actor,
                actor_name=self.actor.get_username(),
                roles=self.actor.role_names[:200],
                action=self.action,
                subject=self.subject[:200],
                why=self.why[:400],
                details=self.details,
            )
            return self.then(changed)

    def check(self) -> None:  # noqa: B027 - most have nothing to check
        """Refuse what does not fit, before anything changes."""

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


def labels() -> dict[str, str]:
    """Give each action's words, of every action that is known by now."""
    found = dict(NOTED)
    waiting: list[type[Action[Any]]] = list(Action.__subclasses__())
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if getattr(kind, "action", ""):
            found[kind.action] = kind.label
    return found
