# SPDX-License-Identifier: EUPL-1.2
"""What the phone sends is kept once, mirrored once, and refused with a reason that repeats nothing."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from django.db import IntegrityError, transaction
from django.db.models import AutoField, BigAutoField
from django.test import Client
from django_tasks_db.models import DBTaskResult

from stip.errors import WorkspaceBusy
from stip.space import shift_week, week_start
from stip.store import Workspace, read_decisions
from stip_web.accounts.models import User
from stip_web.audit.models import AuditLine
from stip_web.intakes.quarantine import keys as quarantine_keys
from stip_web.street import receiving
from stip_web.street.mirror import mirror
from stip_web.street.models import AreaRemark, Entry, Mirrored, Note
from stip_web.street.notes import note_of
from stip_web.street.plan import TeamPlan
from stip_web.workspaces.clock import now

from .conftest import Phone

pytestmark = pytest.mark.django_db


def stands(workspace: Workspace, kind: str) -> pd.DataFrame:
    week = read_decisions(workspace, kind)
    return week[week["decision_id"].isin([entry.entry_id.hex for entry in Entry.objects.all()])]


def test_an_entry_becomes_feedback_and_a_visit_of_one_visits_hours(phone: Phone, town: Workspace) -> None:
    sent = phone.entry(code="druk")
    assert phone.send(sent) == [{"id": sent["id"], "result": "stored", "said": "", "field": ""}]
    (feedback,), (visit,) = (stands(town, kind).to_dict("records") for kind in ("feedback", "visit"))
    assert (feedback["place_id"], feedback["visited"], feedback["code"]) == (sent["place_id"], True, "druk")
    assert feedback["team"] == visit["team"] == "flexteam"
    place = phone.plan.places[0]
    assert visit["hours"] == pytest.approx(place.place.hours / place.place.visits, abs=0.01)
    assert Mirrored.objects.get().refused == ""


@pytest.mark.parametrize(("weeks", "result"), [(4, "stored"), (5, "refused")])
def test_a_week_that_is_long_over_is_no_longer_told_of(
    weeks: int, result: str, phone: Phone, town: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "this_week", lambda workspace: shift_week(phone.plan.week, weeks))
    (outcome,) = phone.send(phone.entry())
    assert outcome["result"] == result
    if result == "refused":
        assert f"Dit gaat over week {int(phone.plan.week[-2:])} van" in outcome["said"]
        assert "tot 4 weken daarna" in outcome["said"]
        assert not Entry.objects.exists()


def test_sent_again_it_is_here_already_and_nothing_is_added(phone: Phone, town: Workspace) -> None:
    sent = phone.entry()
    phone.send(sent)
    lines = AuditLine.objects.count()
    again = phone.send(sent, sent | {"age_s": 4000.0}, sent)
    assert [one["result"] for one in again] == ["again"] * 3
    assert (Entry.objects.count(), len(stands(town, "feedback")), len(stands(town, "visit"))) == (1, 1, 1)
    assert AuditLine.objects.count() == lines


def test_another_entry_under_the_same_number_is_refused(phone: Phone) -> None:
    sent = phone.entry()
    phone.send(sent)
    (told,) = phone.send(sent | {"code": "druk"})
    assert told["result"] == "refused"
    assert Entry.objects.get().code == "rustig"


def test_not_gone_has_a_reason_without_hours(phone: Phone, town: Workspace) -> None:
    phone.send(phone.entry(visited=False, code="", why="andere_inzet"))
    assert stands(town, "feedback")["code"].tolist() == ["niet_bezocht"]
    assert stands(town, "visit").empty
    assert Entry.objects.get().why == "andere_inzet"


def test_better_here_reaches_the_workspace_as_cells(phone: Phone, town: Workspace) -> None:
    cell = phone.plan.places[1].place.cells[0]
    phone.send(phone.entry(code="anders", better=[town.grid.name(cell)]))
    assert [list(cells) for cells in stands(town, "feedback")["better_cells"]] == [[cell]]


WRONG: dict[str, dict[str, object]] = {
    "no number": {"id": "1"},
    "a code that is none": {"code": "gezellig"},
    "a reason of who was there": {"why": "geen_tijd"},
    "no reason of who was not": {"visited": False, "code": ""},
    "a remark that is none": {"remark": "persoon"},
    "something more": {"who": "iemand"},
    "another plan": {"plan_id": "plan-2020-W01"},
    "another place": {"place_id": "elders"},
    "no cell": {"better": ["overal"]},
    "a cell outside the town": {"better": ["E0N0"]},
    "too many cells": {"better": [f"E{125 * at}N0" for at in range(21)]},
    "an age that is no number": {"age_s": "lang"},
}


@pytest.mark.parametrize("why", WRONG)
def test_what_does_not_fit_is_refused_and_holds_up_no_other(phone: Phone, why: str) -> None:
    good = phone.entry(1)
    told = phone.send(phone.entry() | WRONG[why], good)
    assert [one["result"] for one in told] == ["refused", "stored"]
    assert told[0]["said"]
    assert [str(entry.pk) for entry in Entry.objects.all()] == [good["id"]]


SAID = "Gesproken met mevrouw Testpersoon, 06-12345678"


def test_a_note_is_looked_at_again_and_can_go_without(
    phone: Phone, caplog: pytest.LogCaptureFixture, own_site: object
) -> None:
    with caplog.at_level(logging.DEBUG):
        sent = phone.entry(note=SAID)
        (told,) = phone.send(sent)
    assert (told["result"], told["field"]) == ("refused", "note")
    assert "Testpersoon" not in json.dumps(told) + caplog.text
    assert not Entry.objects.exists()
    assert phone.send(sent | {"note": ""})[0]["result"] == "stored"


def test_a_note_is_sealed_in_the_database_and_nowhere_else(
    phone: Phone, town: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    said = "Lamp bij het bankje knippert"
    with caplog.at_level(logging.DEBUG):
        phone.send(phone.entry(note=f"  {said} ", remark="lamp"))
    entry, note = Entry.objects.get(), Note.objects.get()
    assert note_of(entry) == said
    assert said.encode() not in bytes(note.sealed)
    assert said not in caplog.text + "".join(str(line.details) + line.subject for line in AuditLine.objects.all())
    files = [path for folder in ("decisions", "runs") for path in (town.root / folder).rglob("*") if path.is_file()]
    assert not any(said.encode() in path.read_bytes() for path in files)
    assert entry.remark == "lamp"


def test_that_somebody_may_need_help_is_kept_of_a_neighbourhood_only(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "mirror", lambda *_, **__: 0)  # the worker has not been
    phone.send(phone.entry(remark="hulp"))
    entry, remark = Entry.objects.get(), AreaRemark.objects.get()
    assert entry.remark == ""
    assert remark.area_code
    assert {field.name for field in AreaRemark._meta.get_fields()} == {
        "id", "code", "area_code", "week", "signal_id", "trouble",
    }  # fmt: skip


AGES = {
    "an hour ago": (3600.0, 3600.0),
    "not told": (None, 0.0),
    "ahead of the server": (-7200.0, 0.0),
    "a month ago": (30 * 24 * 3600.0, 0.0),
}


@pytest.mark.parametrize("age", AGES)
def test_the_moment_is_by_the_clock_of_the_server(phone: Phone, town: Workspace, age: str) -> None:
    claimed, counted = AGES[age]
    phone.send(phone.entry(age_s=claimed))
    hour = (now(town) - timedelta(seconds=counted)).replace(minute=0, second=0, microsecond=0)
    assert Entry.objects.get().told_at == hour


def test_nothing_of_an_entry_leads_to_the_line_that_has_a_name(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime(2026, 9, 9, 14, 37, 12, 345678, tzinfo=UTC)
    monkeypatch.setattr(receiving, "site_now", lambda _: moment)
    phone.send(phone.entry(age_s=None), phone.entry(1, age_s=61.5))
    assert {entry.told_at for entry in Entry.objects.all()} == {moment.replace(minute=0, second=0, microsecond=0)}
    kept = [row for table in (Entry, Mirrored) for row in table.objects.values()]
    moments = [value for row in kept for value in row.values() if isinstance(value, datetime)]
    assert all((value.minute, value.second, value.microsecond) == (0, 0, 0) for value in moments)
    assert "61.5" not in str(kept)
    counted = (AutoField, BigAutoField)  # an order would tell as much as a moment
    assert not any(isinstance(field, counted) for field in Entry._meta.get_fields())


def test_one_note_that_cannot_be_sealed_holds_up_no_other(
    phone: Phone, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    good = phone.entry(1)
    phone.send(phone.entry(2, note="Fietsen op de stoep"))  # the key of this week is locked by the key of before
    monkeypatch.setattr(quarantine_keys, "masters", lambda: [bytes(range(32))])
    told = phone.send(phone.entry(note="Veel fietsen op de stoep"), good)
    assert [(one["result"], one["field"]) for one in told] == [("refused", "note"), ("stored", "")]
    assert "fietsen" not in json.dumps(told) + caplog.text
    assert "Verstuur zonder" in told[0]["said"]


def test_a_note_beside_help_is_refused_for_it_would_keep_the_place(phone: Phone) -> None:
    sent = phone.entry(remark="hulp", note="Bij de ingang, al drie dagen")
    (told,) = phone.send(sent)
    assert (told["result"], told["field"], "hulp" in told["said"]) == ("refused", "note", True)
    assert not Entry.objects.exists()
    assert phone.send(sent | {"note": ""})[0]["result"] == "stored"
    assert not Note.objects.exists()


def test_a_moment_before_the_week_becomes_its_beginning(phone: Phone) -> None:
    phone.send(phone.entry(age_s=9 * 24 * 3600.0))
    assert Entry.objects.get().told_at == week_start(phone.plan.week, "Europe/Amsterdam")


def test_the_place_of_another_team_is_refused(phone: Phone, town: Workspace, user_in: Callable[[str], User]) -> None:
    toml = town.root / "stip.toml"
    text = toml.read_text()
    own = 'flexteam = "flexteam"\n'
    assert own in text
    toml.write_text(text.replace(own, own + 'noord = "team noord"\n'))
    User.objects.filter(pk=user_in("member").pk).update(team="noord")
    (told,) = phone.send(phone.entry())
    assert (told["result"], "ander team" in told["said"]) == ("refused", True)
    assert phone.client.get("/straat/gegevens.json").json()["places"] == []
    assert not Entry.objects.exists()


@pytest.mark.parametrize("role", ["analyst", "policy", "privacy_officer", "administrator"])
def test_who_is_not_of_the_team_sends_nothing(role: str, as_role: Callable[[str], Client], plan: TeamPlan) -> None:
    other = Phone(as_role(role), plan)
    assert other.post({"entries": [other.entry()]}).status_code == 403
    assert not Entry.objects.exists()


def test_without_the_token_of_the_site_nothing_is_taken(phone: Phone, user_in: Callable[[str], User]) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user_in("member"), backend="allauth.account.auth_backends.AuthenticationBackend")
    other = Phone(strict, phone.plan)
    assert other.post({"entries": [other.entry()]}).status_code == 403
    token = strict.get("/straat/gegevens.json").json()["token"]
    body = json.dumps({"entries": [other.entry()]})
    told = strict.post("/straat/inzending", body, content_type="application/json", headers={"X-CSRFToken": token})
    assert told.json()["outcomes"][0]["result"] == "stored"


@pytest.mark.parametrize("body", ["", "{", "[]", "[" * 100_000, '{"entries": 1}', {"entries": [{}] * 101}])
def test_what_is_no_message_is_told_so(phone: Phone, body: object) -> None:
    assert phone.post(body).status_code == 400


def test_one_person_cannot_fill_the_table(phone: Phone, as_role: Callable[[str], Client]) -> None:
    told = [phone.post({"entries": []}) for _ in range(61)]
    assert [answer.status_code for answer in told] == [200] * 60 + [429]
    assert int(told[-1]["Retry-After"]) > 0
    assert Phone(as_role("coordinator"), phone.plan).post({"entries": []}).status_code == 200


def test_an_entry_is_never_changed_or_thrown_away(phone: Phone) -> None:
    phone.send(phone.entry())
    entry = Entry.objects.get()
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        Entry.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.bulk_create([entry])


def test_a_busy_workspace_holds_up_no_phone_and_the_worker_is_asked(
    phone: Phone, town: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object, **__: object) -> int:
        raise WorkspaceBusy("bezig")

    with monkeypatch.context() as patch:
        patch.setattr(receiving, "mirror", busy)
        assert phone.send(phone.entry())[0]["result"] == "stored"
    assert stands(town, "feedback").empty
    assert DBTaskResult.objects.filter(task_path__endswith="street.tasks.sweep").count() == 1
    assert mirror(town) == 1
    assert len(stands(town, "feedback")) == 1


def test_killed_between_workspace_and_mark_it_is_mirrored_once(
    phone: Phone, town: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Mirrored.objects, "bulk_create", killed)
        with pytest.raises(KeyboardInterrupt):
            phone.send(phone.entry(), phone.entry(1))
    assert (len(stands(town, "feedback")), Mirrored.objects.count()) == (2, 0)
    assert mirror(town) == 2
    assert (len(stands(town, "feedback")), len(stands(town, "visit")), Mirrored.objects.count()) == (2, 2, 2)
