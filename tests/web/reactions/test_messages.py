# SPDX-License-Identifier: EUPL-1.2
"""Messages at the desk: opened once, with a term, answered by a role, destroyed in the end, and never in a log."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.utils import timezone

from stip.errors import AgreementError, WorkspaceError
from stip.store import Workspace
from stip.words import day
from stip_web.accounts.models import Role, User
from stip_web.audit.models import AuditLine, ProcessingSpan
from stip_web.inbox.dropping import drop
from stip_web.inbox.letters import Kind, sent
from stip_web.inbox.sealing import new_private_key, public_of, seal
from stip_web.reactions import actions, arriving
from stip_web.reactions.actions import AnswerMessage, ForwardMessage, MarkMessage, MessageError
from stip_web.reactions.arriving import take_in, unreadable
from stip_web.reactions.destroying import destroy_old
from stip_web.reactions.keys import make_key, private_key
from stip_web.reactions.listing import rows_of
from stip_web.reactions.models import Message, Step
from stip_web.reactions.opening import letter_of
from stip_web.workspaces import clock
from web.reactions.conftest import EMAIL, NAME, TEXT, post

WHY = "Het belang van de straat weegt zwaarder."
Roles = Callable[[str], Client]


def test_a_message_arrives_once_with_its_term_and_who_answers(
    workspace: Workspace, tmp_path: Path, as_role: Roles
) -> None:
    letter = post(workspace, tmp_path)
    page = as_role("privacy_officer").get("/toezicht/berichten").content.decode()
    assert letter.number in page
    assert "nog 28 dagen" in page
    assert "het bestuur van de gemeente" in page, "who decides, for this is an objection"
    assert TEXT not in page, "the list holds nothing of what was written"
    assert list((tmp_path / "inbox").iterdir()) == []
    assert take_in(workspace) == 0
    assert Message.objects.count() == 1
    detail = as_role("privacy_officer").get(f"/toezicht/berichten/{letter.number}").content.decode()
    assert all(said in detail for said in (TEXT, NAME, EMAIL))


def test_toezicht_and_home_tell_what_waits_and_until_when(
    workspace: Workspace, tmp_path: Path, as_role: Roles
) -> None:
    def said(client: Client) -> dict[str, str]:
        rows = client.get("/toezicht.json").json()["rows"]
        return next(row for row in rows if row["title"] == "Berichten van bewoners")

    client = as_role("privacy_officer")
    assert (said(client)["count"], said(client)["mark"]) == (0, "In orde")
    assert "Berichten van bewoners" not in client.get("/").content.decode()
    post(workspace, tmp_path)
    assert "nog niet geopend" in said(client)["lines"], "sealed: that it is there is all that can be told"
    assert Message.objects.count() == 0
    client.get("/toezicht/berichten")
    first = Message.objects.get().answer_by
    assert (said(client)["count"], said(client)["mark"]) == (1, "Let op")
    assert f"uiterlijk {day(first)} (bezwaar)" in said(client)["lines"]
    assert "Let op: Berichten van bewoners." in client.get("/").content.decode()
    Message.objects.update(answer_by=first - timedelta(days=40))
    assert said(client)["mark"] == "Te laat"
    home = client.get("/").content.decode()
    assert "Te laat: Berichten van bewoners." in home
    answer = next(line for line in client.get("/toezicht").content.decode().splitlines() if "vragen aandacht" in line)
    assert answer.partition("Ja: ")[2].partition("<")[0] in home, "home and Toezicht count the same things"


def test_a_kill_between_keeping_and_clearing_brings_it_once(workspace: Workspace, tmp_path: Path) -> None:
    letter = post(workspace, tmp_path)
    path = tmp_path / "inbox" / f"{letter.number}.sealed"
    kept = path.read_bytes()
    assert take_in(workspace) == 1
    path.write_bytes(kept)
    assert take_in(workspace) == 0
    assert (Message.objects.count(), path.exists()) == (1, False)


def test_what_cannot_be_opened_is_laid_aside_and_told(workspace: Workspace, tmp_path: Path, as_role: Roles) -> None:
    inbox = tmp_path / "inbox"
    drop(inbox, "2222-2222", b"noise")
    drop(inbox, "2222-2223", seal(b"{}", public_of(private_key(workspace))))
    drop(inbox, "2222-2224", seal(b"x", public_of(new_private_key())))
    other = sent(Kind.ERROR, TEXT, name="", email="", at=timezone.now(), answer_by=timezone.localdate())
    drop(inbox, "2222-2225", seal(other.as_bytes(), public_of(private_key(workspace))))  # not its own number
    assert take_in(workspace) == 0
    assert Message.objects.count() == 0
    assert sorted(path.suffix for path in inbox.iterdir()) == [".onleesbaar"] * 4
    assert "dat niet open kan" in as_role("privacy_officer").get("/toezicht/berichten").content.decode()


def test_a_broken_message_that_somebody_else_just_laid_aside_is_passed_over(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "inbox" / "2222-2222.sealed"
    monkeypatch.setattr(arriving, "waiting", lambda inbox: iter([(gone, b"noise")]))
    assert take_in(workspace) == 0


def test_forwarding_and_answering_are_added_and_stand_in_the_log(
    workspace: Workspace, tmp_path: Path, as_role: Roles
) -> None:
    letter = post(workspace, tmp_path)
    take_in(workspace)
    client = as_role("policy")
    client.post(f"/toezicht/berichten/{letter.number}/stap", {"to_role": "analyst"})
    assert [(row.state, row.answers) for row in rows_of(workspace, "open")] == [("doorgestuurd", "de analist")]
    client.post(f"/toezicht/berichten/{letter.number}/stap", {"outcome": "granted"})
    assert rows_of(workspace, "open") == []
    assert [row.state for row in rows_of(workspace, "all")] == ["beantwoord"]
    lines = AuditLine.objects.filter(action__startswith="message.").order_by("pk")
    assert [line.action for line in lines] == ["message.arrived", "message.forward", "message.answer"]
    assert lines[2].details == {"outcome": "granted", "in_time": True}
    again = client.post(f"/toezicht/berichten/{letter.number}/stap", {"outcome": "refused"}, follow=True)
    assert "al beantwoord" in again.content.decode()
    assert Step.objects.count() == 2
    with pytest.raises(TypeError):
        Step.objects.all().delete()


def test_two_who_answer_at_once_answer_once(
    workspace: Workspace, tmp_path: Path, user_in: Callable[[str], User], monkeypatch: pytest.MonkeyPatch
) -> None:
    post(workspace, tmp_path)
    take_in(workspace)
    message, user = Message.objects.get(), user_in("policy")
    monkeypatch.setattr(actions, "_check_open", lambda message: None)  # both looked before either wrote
    AnswerMessage(user, message=message, outcome="granted", workspace=workspace).run()
    with pytest.raises(AgreementError, match="al beantwoord"):
        AnswerMessage(user, message=message, outcome="refused", reason=WHY, workspace=workspace).run()
    assert [step.outcome for step in Step.objects.filter(kind="answered")] == ["granted"]
    assert AuditLine.objects.filter(action="message.answer").count() == 1


def test_a_step_that_does_not_fit_is_refused(
    workspace: Workspace, tmp_path: Path, user_in: Callable[[str], User]
) -> None:
    post(workspace, tmp_path, Kind.QUESTION, 14)
    take_in(workspace)
    message, user = Message.objects.get(), user_in("privacy_officer")
    for outcome in ("granted", "no_address", "niets", ""):
        with pytest.raises(MessageError):
            AnswerMessage(user, message=message, outcome=outcome, workspace=workspace).run()
    with pytest.raises(MessageError):
        ForwardMessage(user, message=message, to_role="burgemeester", workspace=workspace).run()
    assert Step.objects.count() == 0


def test_a_message_that_is_late_is_told_as_late(
    workspace: Workspace, tmp_path: Path, as_role: Roles, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(workspace, tmp_path, days=14)
    take_in(workspace)
    real = clock.now(workspace)
    for module in ("reactions.views.lists", "workspaces.clock"):
        monkeypatch.setattr(f"stip_web.{module}.now", lambda _: real + timedelta(days=15))
    page = as_role("privacy_officer").get("/toezicht/berichten", {"stand": "late"}).content.decode()
    assert "1 bericht is te laat." in page
    assert "1 dag te laat" in page


def test_what_was_written_is_destroyed_and_the_count_stays(
    workspace: Workspace, tmp_path: Path, as_role: Roles, user_in: Callable[[str], User]
) -> None:
    letter, waits = post(workspace, tmp_path), post(workspace, tmp_path)
    take_in(workspace)
    message = Message.objects.get(number=letter.number)
    AnswerMessage(user_in("policy"), message=message, outcome="refused", reason=WHY, workspace=workspace).run()
    at = clock.now(workspace)
    assert destroy_old(at + timedelta(days=181)) == 0
    assert destroy_old(at + timedelta(days=183)) == 1
    assert destroy_old(at + timedelta(days=183)) == 0
    gone = Message.objects.get(number=letter.number)
    assert (bytes(gone.sealed), bytes(gone.sealed_reason)) == (b"", b"")
    left = letter_of(workspace, Message.objects.get(number=waits.number))
    assert left is not None and left.text == TEXT, "not before it is answered"
    page = as_role("privacy_officer").get(f"/toezicht/berichten/{letter.number}").content.decode()
    assert "bewaartermijn voorbij" in page
    assert AuditLine.objects.filter(action="message.destroyed").get().details == {"messages": 1}


def test_nothing_of_a_message_stands_in_a_log_or_a_file_to_take_along(
    workspace: Workspace, tmp_path: Path, as_role: Roles, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    letter = post(workspace, tmp_path)
    client = as_role("policy")
    client.get("/toezicht/berichten")
    client.get(f"/toezicht/berichten/{letter.number}")
    client.post(f"/toezicht/berichten/{letter.number}/stap", {"outcome": "refused", "reason": WHY})
    files = [client.get(f"/toezicht/berichten.{form}?stand=all").content.decode() for form in ("csv", "json")]
    lines = json.dumps(list(AuditLine.objects.values("subject", "why", "details")))
    spans = json.dumps(list(ProcessingSpan.objects.values()), default=str)
    for said in (TEXT, NAME, EMAIL, WHY):
        assert said not in caplog.text + lines + spans + "".join(files)
    assert letter.number in files[0]
    assert letter.number in lines


@pytest.mark.parametrize("role", ["analyst", "coordinator", "member", "administrator"])
def test_nobody_else_reads_messages(workspace: Workspace, tmp_path: Path, as_role: Roles, role: str) -> None:
    letter = post(workspace, tmp_path)
    take_in(workspace)
    for page in ("", ".csv", f"/{letter.number}"):
        assert as_role(role).get(f"/toezicht/berichten{page}").status_code == 403


def test_the_key_is_made_once_and_not_again_when_it_is_lost(workspace: Workspace, tmp_path: Path) -> None:
    (private,) = (tmp_path / "keys").glob("*.berichten")
    assert private.stat().st_mode & 0o077 == 0
    assert make_key(workspace) is False
    (workspace.root / "published" / "inbox.pub").unlink()
    assert make_key(workspace) is True
    private.chmod(0o644)
    with pytest.raises(WorkspaceError, match="chmod"):
        private_key(workspace)
    private.chmod(0o600)
    private.write_text("geen sleutel")
    with pytest.raises(WorkspaceError, match="beschadigd"):
        private_key(workspace)
    private.unlink()
    with pytest.raises(WorkspaceError, match="weg"):
        make_key(workspace)
    with pytest.raises(CommandError, match="weg"):
        call_command("reactions")


def test_the_folder_of_the_inbox_is_made_so_that_others_can_only_add(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "inbox").rmdir()
    call_command("reactions", key=True)
    assert (tmp_path / "inbox").stat().st_mode & 0o7777 == 0o1733
    post(workspace, tmp_path)
    assert take_in(workspace) == 1


def test_the_command_tells_numbers_only(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    post(workspace, tmp_path)
    call_command("reactions")
    said = capsys.readouterr().out
    assert said == "1 nieuw, 1 wachten op antwoord, 0 te laat, 0 gewist, 0 niet te openen.\n"


def test_a_term_that_was_made_up_is_not_believed(workspace: Workspace, tmp_path: Path) -> None:
    """Whoever has the public key can write anything into a letter: a term of years is cut to what can be promised."""
    post(workspace, tmp_path, days=4000)
    take_in(workspace)
    today = timezone.localtime(clock.now(workspace)).date()
    assert (Message.objects.get().answer_by - today).days <= 42
    assert isinstance(Message.objects.get().sent_at, datetime)


def test_an_installation_of_before_lets_its_privacy_officer_read(db: None) -> None:
    migration = import_module("stip_web.reactions.migrations.0002_let_the_privacy_officer_read")
    officer = Role.objects.get(code="privacy_officer")
    officer.permissions = ["pause"]
    officer.save()
    migration.grant(apps, None)
    assert Role.objects.get(code="privacy_officer").permissions == ["message.answer", "message.read", "pause"]
    assert "message.read" not in Role.objects.get(code="analyst").permissions


def test_who_decides_reads_and_answers_beside_the_privacy_officer(
    workspace: Workspace, tmp_path: Path, as_role: Roles
) -> None:
    letter = post(workspace, tmp_path)
    client = as_role("policy")
    assert letter.number in client.get("/toezicht/berichten").content.decode()
    assert "/toezicht/berichten" in client.get("/toezicht").content.decode()
    client.post(f"/toezicht/berichten/{letter.number}/stap", {"outcome": "granted"})
    assert [row.state for row in rows_of(workspace, "all")] == ["beantwoord"]


def test_an_installation_of_before_lets_who_decides_answer(db: None) -> None:
    migration = import_module("stip_web.reactions.migrations.0003_let_those_who_decide_answer")
    policy = Role.objects.get(code="policy")
    policy.permissions = ["plan.read"]
    policy.save()
    migration.grant(apps, None)
    assert Role.objects.get(code="policy").permissions == ["message.answer", "message.read", "plan.read"]


def test_no_is_said_with_a_reason_and_the_way_to_object(workspace: Workspace, tmp_path: Path, as_role: Roles) -> None:
    letter = post(workspace, tmp_path, Kind.REQUEST)
    client = as_role("policy")
    client.get("/toezicht/berichten")
    page = f"/toezicht/berichten/{letter.number}"
    assert "binnen zes weken bezwaar maken" in client.get(page).content.decode()
    bare = client.post(f"{page}/stap", {"outcome": "refused", "reason": " "}, follow=True)
    assert "Zonder reden mag dat niet" in bare.content.decode() and Step.objects.count() == 0
    client.post(f"{page}/stap", {"outcome": "refused", "reason": WHY})
    assert WHY in client.get(page).content.decode()


def test_a_term_is_made_longer_once_and_only_while_it_runs(
    workspace: Workspace, tmp_path: Path, user_in: Callable[[str], User]
) -> None:
    post(workspace, tmp_path, Kind.REQUEST)
    take_in(workspace)
    message, user = Message.objects.get(), user_in("policy")
    before = message.answer_by
    for mark in ("identity", "extended"):
        MarkMessage(user, message=message, mark=mark, workspace=workspace).run()
    assert (Message.objects.get().answer_by - before).days == 61
    for mark in ("extended", "held", "released", "answered", "x"):
        with pytest.raises(MessageError):
            MarkMessage(user, message=message, mark=mark, workspace=workspace).run()
    assert [step.kind for step in Step.objects.all()] == ["identity", "extended"]


def test_in_time_goes_by_the_day_in_the_town(
    workspace: Workspace, tmp_path: Path, user_in: Callable[[str], User], monkeypatch: pytest.MonkeyPatch
) -> None:
    post(workspace, tmp_path)
    take_in(workspace)
    message, user = Message.objects.get(), user_in("policy")
    message.answer_by = date(2026, 9, 7)
    message.save()
    after = datetime(2026, 9, 7, 22, 30, tzinfo=UTC)  # half past midnight in the town, the day after
    monkeypatch.setattr("stip_web.workspaces.clock.now", lambda _: after)
    assert [row.late for row in rows_of(workspace, "all")] == [True]
    AnswerMessage(user, message=message, outcome="granted", workspace=workspace).run()
    assert AuditLine.objects.get(action="message.answer").details["in_time"] is False


def test_what_is_before_a_judge_is_not_destroyed_until_that_is_over(
    workspace: Workspace, tmp_path: Path, user_in: Callable[[str], User]
) -> None:
    post(workspace, tmp_path)
    take_in(workspace)
    message, user = Message.objects.get(), user_in("policy")
    AnswerMessage(user, message=message, outcome="refused", reason=WHY, workspace=workspace).run()
    MarkMessage(user, message=message, mark="held", workspace=workspace).run()
    later = clock.now(workspace) + timedelta(days=183)
    assert destroy_old(later) == 0
    MarkMessage(user, message=message, mark="released", workspace=workspace).run()
    assert destroy_old(later) == 1
    assert (bytes(Message.objects.get().sealed), bytes(Message.objects.get().sealed_reason)) == (b"", b"")


def test_what_nobody_answers_is_not_kept_in_silence(
    workspace: Workspace, tmp_path: Path, as_role: Roles, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(workspace, tmp_path, days=14)
    take_in(workspace)
    real = clock.now(workspace)
    for module in ("reactions.views.lists", "workspaces.clock"):
        monkeypatch.setattr(f"stip_web.{module}.now", lambda _: real + timedelta(days=14 + 183))
    assert "langer dan de bewaartermijn" in as_role("policy").get("/toezicht/berichten").content.decode()


def test_what_is_passed_over_is_counted_too(workspace: Workspace, tmp_path: Path, as_role: Roles) -> None:
    inbox = tmp_path / "inbox"
    (inbox / "2222-2226.sealed").write_bytes(b"x" * 70_000)
    (inbox / "2222-2227.sealed").symlink_to(inbox / "2222-2226.sealed")
    (inbox / "geen nummer.sealed").write_bytes(b"x")
    assert (take_in(workspace), unreadable()) == (0, 3)
    assert "dat niet open kan" in as_role("privacy_officer").get("/toezicht/berichten").content.decode()


def test_a_message_is_never_kept_without_its_line_in_the_log(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*_: object, **__: object) -> None:
        raise OSError("the machine stops")

    post(workspace, tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr("stip_web.reactions.arriving.note", cut_off)
        with pytest.raises(OSError, match="stops"):
            take_in(workspace)
    assert Message.objects.count() == 0
    post(workspace, tmp_path)
    assert take_in(workspace) == 2
    assert AuditLine.objects.filter(action="message.arrived").count() == 2
