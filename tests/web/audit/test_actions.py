# SPDX-License-Identifier: EUPL-1.2
"""Every change is an action, each with a name of its own and a permission."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, is_dataclass
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError

import stip_web
from stip.errors import StipError
from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission
from stip_web.audit.actions import Action, labels
from stip_web.audit.models import AuditLine
from stip_web.audit.notes import NOTED, note


def every_action(base: type = Action) -> Iterator[type[Action[object]]]:
    for module in pkgutil.walk_packages(stip_web.__path__, "stip_web."):
        if not module.name.startswith("stip_web.wsgi"):
            importlib.import_module(module.name)
    waiting = list(base.__subclasses__())
    while waiting:
        found = waiting.pop()
        waiting += found.__subclasses__()
        if found.__module__.startswith("stip_web.") and not inspect.isabstract(found):
            yield found


ACTIONS = sorted(every_action(), key=lambda found: found.__name__)


@pytest.mark.parametrize("found", ACTIONS, ids=lambda found: found.__name__)
def test_an_action_names_itself_and_its_permission(found: type[Action[object]]) -> None:
    assert is_dataclass(found)
    assert found.action.count(".") == 1, "noun.verb"
    wanted = found.permission if isinstance(found.permission, tuple) else (found.permission,)
    assert wanted
    assert all(isinstance(one, Permission) for one in wanted)
    assert labels()[found.action].strip(), "what the log shows"


def test_a_line_is_written_by_an_action_or_noted_with_words() -> None:
    """So that no line of the log shows a code for words."""
    makers = [
        path.name
        for path in Path(stip_web.__path__[0]).rglob("*.py")
        if "AuditLine.objects.create(" in path.read_text() or "AuditLine(" in path.read_text()
    ]
    assert sorted(makers) == ["actions.py", "line.py", "notes.py", "settling.py"]
    assert all(NOTED.values())
    with pytest.raises(KeyError):
        note("zomaar.iets")


def test_no_two_actions_share_a_name() -> None:
    assert ACTIONS
    assert [name for name, count in Counter(found.action for found in ACTIONS).items() if count > 1] == []


@dataclass
class Rename(Action[str]):
    action = "proef.rename"
    label = "Proef hernoemd"
    permission = Permission.DATA_IMPORT

    def change(self) -> str:
        AuditLine.objects.create(actor_name="half", action="half.done")
        if self.subject == "stuk":
            raise StipError("Dit past niet.")
        return "done"


@pytest.mark.django_db
def test_who_may_not_changes_nothing(user_in: Callable[[str], User]) -> None:
    with pytest.raises(PermissionDenied):
        Rename(user_in("policy")).run()
    assert not AuditLine.objects.exists()


@pytest.mark.django_db
def test_what_fails_leaves_nothing_half(user_in: Callable[[str], User]) -> None:
    with pytest.raises(StipError):
        Rename(user_in("analyst"), subject="stuk").run()
    assert not AuditLine.objects.exists()


@pytest.mark.django_db
def test_the_line_says_who_what_when_and_why(user_in: Callable[[str], User]) -> None:
    user = user_in("analyst")
    assert Rename(user, subject="Station", why="Beter leesbaar").run() == "done"
    line = AuditLine.objects.get(action="proef.rename")
    assert (line.actor, line.actor_name, line.roles) == (user, user.username, "Analist")
    assert (line.subject, line.why) == ("Station", "Beter leesbaar")


@dataclass
class Write(Action[str]):
    action = "proef.write"
    label = "Proef geschreven"
    permission = Permission.DATA_IMPORT
    file: Path = field(kw_only=True)
    full: bool = field(default=False, kw_only=True)

    def change(self) -> str:
        self.subject = self.file.name
        return "words"

    def then(self, changed: str) -> str:
        if self.full:
            raise OSError("disk full")
        self.file.write_text(changed)
        return changed


@pytest.mark.django_db
def test_without_its_line_the_workspace_stays_as_it_was(
    user_in: Callable[[str], User], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**_: object) -> None:
        raise DatabaseError

    with monkeypatch.context() as patched:
        patched.setattr(AuditLine.objects, "create", fails)
        with pytest.raises(DatabaseError):
            Write(user_in("analyst"), file=tmp_path / "besluit").run()
    assert not (tmp_path / "besluit").exists()
    with pytest.raises(OSError, match="disk full"):
        Write(user_in("analyst"), file=tmp_path / "besluit", full=True).run()
    assert not AuditLine.objects.exists(), "and without the workspace no line"
    assert Write(user_in("analyst"), file=tmp_path / "besluit").run() == "words"
    assert AuditLine.objects.get().subject == "besluit"
