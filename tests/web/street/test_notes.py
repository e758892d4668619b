# SPDX-License-Identifier: EUPL-1.2
"""Notes go after eight weeks, and their keys with them."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from stip_web.audit.models import AuditLine
from stip_web.intakes.quarantine import sealed_uploads
from stip_web.intakes.quarantine.keys import keys_folder
from stip_web.street.models import Entry, Note
from stip_web.street.notes import WEEKS, destroy_old, note_of

from .conftest import Phone

pytestmark = pytest.mark.django_db


def test_a_note_goes_after_eight_weeks_with_its_key(phone: Phone) -> None:
    phone.send(phone.entry(note="Veel fietsen op de stoep"))
    moment = timezone.now()
    assert destroy_old(moment + timedelta(weeks=WEEKS)) == 0
    assert destroy_old(moment + timedelta(weeks=WEEKS + 1)) == 1
    assert (Entry.objects.count(), Note.objects.count()) == (1, 0)
    assert not list(keys_folder().glob("note-*.key"))
    assert AuditLine.objects.filter(action="street.notes").get().details == {"notes": 1}


def test_the_worker_is_asked_to_destroy_the_notes_of_a_week_once(phone: Phone) -> None:
    for at in range(2):
        phone.send(phone.entry(at, note="Veel fietsen op de stoep"))
    (later,) = DBTaskResult.objects.filter(
        run_after__gt=timezone.now() + timedelta(weeks=WEEKS), run_after__year__lt=9999
    )
    assert later.task_path == "stip_web.street.tasks.sweep"
    assert destroy_old(later.run_after) == 2


def test_a_copy_of_the_database_is_of_no_use_without_the_key(phone: Phone) -> None:
    phone.send(phone.entry(note="Veel fietsen op de stoep"))
    (key,) = keys_folder().glob("note-*.key")
    key.unlink()
    assert note_of(Entry.objects.get()) == ""


def test_the_sweep_of_uploads_leaves_the_keys_of_notes(phone: Phone) -> None:
    phone.send(phone.entry(note="Veel fietsen op de stoep"))
    assert sealed_uploads() == {}


def test_the_command_says_what_it_did(phone: Phone) -> None:
    phone.send(phone.entry())
    out = StringIO()
    call_command("street", sweep=True, json=True, stdout=out)
    assert json.loads(out.getvalue()) == {"brought": 0, "notes_destroyed": 0, "waiting": 0}
    words = StringIO()
    call_command("street", sweep=True, stdout=words)
    assert "0 meldingen wachten." in words.getvalue()
