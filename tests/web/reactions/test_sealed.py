# SPDX-License-Identifier: EUPL-1.2
"""A message lies sealed in the database as it did in the inbox; what lay there in clear text is sealed, and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django.utils import timezone

from stip.errors import WorkspaceError
from stip.store import Workspace
from stip_web.accounts.models import Role, User
from stip_web.reactions.arriving import take_in
from stip_web.reactions.models import Message
from stip_web.reactions.opening import letter_of, reason_of
from web.reactions.conftest import EMAIL, NAME, TEXT, post

WHY = "Het belang van de straat weegt zwaarder."
BEFORE, SEALED = "0005_answered_once", "0006_sealed_where_it_lies"


def everything_in_the_database() -> bytes:
    """Give every value of the table of messages, and the file too where the database is one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM reactions_message")
        said = b"".join(
            bytes(one) if not isinstance(one, str) else one.encode()
            for row in cursor.fetchall()
            for one in row
            if isinstance(one, str | bytes | memoryview)
        )
        if connection.vendor == "sqlite" and not connection.in_atomic_block:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            said += Path(str(connection.settings_dict["NAME"])).read_bytes()
    return said


def test_what_was_written_and_why_stay_sealed_where_they_lie(
    workspace: Workspace, tmp_path: Path, as_role: Callable[[str], Client], user_in: Callable[[str], User]
) -> None:
    letter = post(workspace, tmp_path)
    take_in(workspace)
    page = f"/toezicht/berichten/{letter.number}"
    client = as_role("policy")
    assert TEXT in client.get(page).content.decode()
    client.post(f"{page}/stap", {"outcome": "refused", "reason": WHY})
    assert WHY in client.get(page).content.decode()
    held = everything_in_the_database()
    assert not [said for said in (TEXT, NAME, EMAIL, WHY) if said.encode() in held]


def test_without_the_key_the_page_says_so_and_the_rest_stands(
    workspace: Workspace, tmp_path: Path, as_role: Callable[[str], Client]
) -> None:
    letter = post(workspace, tmp_path)
    take_in(workspace)
    (key,) = (tmp_path / "keys").glob("*.berichten")
    key.rename(key.with_suffix(".kluis"))
    page = as_role("policy").get(f"/toezicht/berichten/{letter.number}")
    assert page.status_code == 200
    assert "Niet te openen" in page.content.decode() and "nog 28 dagen" in page.content.decode()


def test_a_letter_under_another_number_is_not_shown(workspace: Workspace, tmp_path: Path) -> None:
    one, other = post(workspace, tmp_path), post(workspace, tmp_path)
    take_in(workspace)
    swapped = Message.objects.get(number=one.number)
    swapped.sealed = Message.objects.get(number=other.number).sealed
    assert letter_of(workspace, swapped) is None


@pytest.fixture
def before(transactional_db: None, workspace: Workspace) -> Iterator[Callable[[str], object]]:
    """Bring the database back to where messages lay open; gives how to go to a migration."""

    def go(name: str) -> object:
        executor = MigrationExecutor(connection)
        executor.migrate([("reactions", name)])
        return MigrationExecutor(connection).loader.project_state([("reactions", name)]).apps

    yield go
    Message.objects.all().delete() if _is_sealed() else _empty()
    go(SEALED)


def _is_sealed() -> bool:
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "reactions_message")
    return "sealed" in {column.name for column in columns}


def _file_of_the_table() -> object:
    """Give which file PostgreSQL keeps the messages in; another one when the table was written anew."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_filenode('reactions_message')")
        return cursor.fetchone()


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM reactions_message")


def _written(apps: object, number: str, **more: object) -> None:
    said = {"kind": "objection", "text": TEXT, "name": NAME, "email": EMAIL, "reason": WHY}
    at = timezone.now()
    apps.get_model("reactions", "Message").objects.create(  # type: ignore[attr-defined]
        number=number, sent_at=at, answer_by=at.date(), **(said | more)
    )


def test_what_lay_open_is_sealed_and_nothing_is_lost(before: Callable[[str], object], workspace: Workspace) -> None:
    apps = before(BEFORE)
    _written(apps, "2222-2222")
    _written(apps, "2222-2223", text="", name="", email="", reason="", destroyed_at=timezone.now())
    assert TEXT.encode() in everything_in_the_database()
    file = _file_of_the_table()
    before(SEALED)
    assert connection.vendor != "postgresql" or _file_of_the_table() != file, "the former bytes are still on the disk"
    held = everything_in_the_database()
    assert not [said for said in (TEXT, NAME, EMAIL, WHY) if said.encode() in held]
    message = Message.objects.get(number="2222-2222")
    letter = letter_of(workspace, message)
    assert letter is not None
    assert (letter.text, letter.name, letter.email, reason_of(workspace, message)) == (TEXT, NAME, EMAIL, WHY)
    assert letter_of(workspace, Message.objects.get(number="2222-2223")) is None
    back = before(BEFORE).get_model("reactions", "Message").objects.get(number="2222-2222")  # type: ignore[attr-defined]
    assert (back.text, back.name, back.email, back.reason) == (TEXT, NAME, EMAIL, WHY)


def test_without_its_key_nothing_is_sealed_and_nothing_is_lost(
    before: Callable[[str], object], tmp_path: Path
) -> None:
    apps = before(BEFORE)
    _written(apps, "2222-2222")
    (key,) = (tmp_path / "keys").glob("*.berichten")
    key.rename(key.with_suffix(".kluis"))
    with pytest.raises(WorkspaceError, match="kluis"):
        before(SEALED)
    key.with_suffix(".kluis").rename(key)
    assert apps.get_model("reactions", "Message").objects.get().text == TEXT  # type: ignore[attr-defined]


def test_without_a_privacy_officer_who_answers_somebody_goes_on_reading_questions(
    before: Callable[[str], object],
) -> None:
    before(BEFORE)
    Role.objects.filter(code="privacy_officer").update(permissions=["message.read"])
    Role.objects.filter(code="policy").update(permissions=["message.answer", "message.read"])
    before(SEALED)
    assert set(Role.objects.get(code="policy").permissions) == {
        "message.answer", "message.decide", "message.questions", "message.read",
    }  # fmt: skip


def test_roles_of_before_are_told_apart(before: Callable[[str], object]) -> None:
    before(BEFORE)
    for code in ("privacy_officer", "policy", "analyst"):
        Role.objects.filter(code=code).update(permissions=["message.answer", "message.read"])
    Role.objects.filter(code="analyst").update(permissions=["message.read"])
    before(SEALED)
    held = {code: Role.objects.get(code=code).permissions for code in ("privacy_officer", "policy", "analyst")}
    assert held == {
        "privacy_officer": ["message.answer", "message.questions", "message.read"],
        "policy": ["message.answer", "message.decide", "message.read"],
        "analyst": ["message.read"],
    }
