# SPDX-License-Identifier: EUPL-1.2
"""A process that is killed between the workspace and the database: nothing lost, nothing twice, and a line of it."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from own_process import run_until_killed
from stip.agreements import pauses, retention
from stip.publish import published_quarters
from stip.store import Workspace, batches, read_decisions
from stip_web.accounts.models import User
from stip_web.audit.models import AuditLine, Intent
from stip_web.audit.processes import this_worker
from stip_web.audit.settling import UNCERTAIN, settle
from stip_web.intakes.actions import UndoDelivery
from stip_web.outlooks.actions import ChangeOutlook
from stip_web.oversight.keeping import ApproveRetention
from stip_web.oversight.models import RetentionDone, RetentionOrder
from stip_web.plans.models import Draft, Status

pytestmark = [pytest.mark.django_db(transaction=True)]

WEEK = "2026-W37"
KILL = """
import os, signal, django
django.setup()
from stip_web.accounts.models import User
from stip_web.workspaces.current import current_workspace
user, workspace = User.objects.get(username={user!r}), current_workspace()
def die(*_, **__): os.kill(os.getpid(), signal.SIGKILL)
def killed(kind, when):
    write = kind.then
    def then(self, changed):
        if when == "after":
            write(self, changed)
        die()
    kind.then = then
    return kind
"""
FIX = """
from stip_web.plans.actions import DecideRest
from stip_web.plans.fixing import FixPlan
from stip_web.plans.opening import board_of
if board_of(workspace, {week!r}).pk is None:
    DecideRest(user, workspace=workspace, week={week!r}, edition=0, accept=True).run()
edition = board_of(workspace, {week!r}).edition
killed(FixPlan, {when!r})(user, workspace=workspace, week={week!r}, edition=edition).run()
"""
JUDGED = """
import stip.plan.board as board
from stip_web.plans.actions import DecideRest, Drop
from stip_web.plans.fixing import FixPlan
from stip_web.plans.opening import board_of, spots_of
place = next(spot for spot in spots_of(board_of(workspace, {week!r})) if spot.origin == "outlook").place_id
Drop(user, workspace=workspace, week={week!r}, edition=0, place_id=place, out="expect_less", why="Te druk.").run()
DecideRest(user, workspace=workspace, week={week!r}, edition=1, accept=True).run()
board.adopt = lambda *a, dry_run=False, real=board.adopt, **k: real(*a, dry_run=True, **k) if dry_run else die()
FixPlan(user, workspace=workspace, week={week!r}, edition=2).run()
"""
UNDO = """
from stip_web.intakes.actions import UndoDelivery
killed(UndoDelivery, "after")(user, batch_id={batch!r}, why="Verkeerde maand ingelezen.").run()
"""
CHANGE = """
from stip_web.outlooks.actions import ChangeOutlook
from stip_web.oversight.keeping import ApproveRetention
from stip_web.oversight.models import RetentionDone, RetentionOrder
killed(ChangeOutlook, {when!r})(
    user, workspace=workspace, week={week!r}, kind="add", cells=({cell!r},), why="De markt staat daar."
).run()
"""
PAUSE = """
from stip_web.oversight.pausing import Pause
killed(Pause, {when!r})(user, workspace=workspace, what="outlook", why="Wij zoeken iets uit.").run()
"""
APPROVE = """
from datetime import datetime
from stip.publish import open_quarters, propose
from stip_web.oversight.publishing import ApproveFigures
from stip_web.workspaces.clock import now
at = now(workspace)
run = propose(workspace, open_quarters(workspace, at=at)[0], at=at)
killed(ApproveFigures, {when!r})(user, workspace=workspace, run_=run, why="Nagekeken.").run()
"""
RETENTION = """
from stip_web.oversight.keeping import RunRetention
from stip_web.oversight.models import RetentionOrder
killed(RunRetention, {when!r})(user, workspace=workspace, order=RetentionOrder.objects.get()).run()
"""


def kill_in(code: str, user: User, **words: object) -> None:
    run_until_killed(KILL.format(user=user.get_username()) + code.format(**words))


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_plan_that_was_fixed_has_its_line_and_its_board_also_after_a_kill(
    when: str, own_site: Path, user_in: Callable[[str], User], as_role: Callable[[str], Client]
) -> None:
    coordinator = user_in("coordinator")
    kill_in(FIX, coordinator, week=WEEK, when=when)
    fixed = when == "after"
    workspace = Workspace.open(own_site)
    assert bool(len(read_decisions(workspace, "plan", week=WEEK))) is fixed
    assert not AuditLine.objects.filter(action="plan.fix").exists()
    assert Intent.objects.count() == 1
    shown = as_role("privacy_officer").get("/beheer/logboek.json").content.decode()
    assert ("Weekplan vastgesteld" in shown) is fixed, "who reads the log reads all of it"
    assert settle() == 0
    assert not Intent.objects.exists()
    lines = AuditLine.objects.filter(action="plan.fix")
    assert len(lines) == fixed
    draft = Draft.objects.get(week=WEEK)
    if fixed:
        assert (lines[0].actor, lines[0].subject, lines[0].details["version"]) == (coordinator, WEEK, 1)
        assert "nageschreven" in lines[0].details
        assert (draft.state, draft.version) == (Status.FIXED, 1)
    else:
        assert (draft.state, draft.version) == (Status.CONCEPT, 0)
    # It goes on as if nothing had been: fixing again fixes once, and a fixed plan is not fixed twice.
    answer = as_role("coordinator").post(
        f"/weekplan/{WEEK.lower()}/vaststellen", {"stand": str(draft.fixed_from if fixed else draft.edition)}
    )
    assert answer.status_code == 302, answer.content.decode()
    assert set(read_decisions(workspace, "plan", week=WEEK, history=True)["version"]) == {1}
    assert AuditLine.objects.filter(action="plan.fix").count() == 1


def test_a_plan_of_which_only_the_judgements_were_written_is_told_as_uncertain(
    own_site: Path, user_in: Callable[[str], User]
) -> None:
    begun = timezone.now()
    kill_in(JUDGED, user_in("coordinator"), week=WEEK)
    workspace = Workspace.open(own_site)
    assert read_decisions(workspace, "plan", week=WEEK).empty
    assert len(read_decisions(workspace, "override", week=WEEK)) == 1
    Intent.objects.update(at=begun - timedelta(days=365))  # the demo lives in the week of its last file
    assert settle() == 1
    assert AuditLine.objects.get(action="plan.fix").details["zeker"] == UNCERTAIN
    assert Draft.objects.get(week=WEEK).state == Status.CONCEPT


def test_a_delivery_that_was_taken_back_has_its_line(own_site: Path, user_in: Callable[[str], User]) -> None:
    workspace = Workspace.open(own_site)
    batch = str(batches(workspace)[-1]["batch_id"])
    kill_in(UNDO, user_in("analyst"), batch=batch)
    assert settle() == 1
    line = AuditLine.objects.get(action=UndoDelivery.action)
    assert (line.subject, line.why) == (batch, "Verkeerde maand ingelezen.")
    assert "zeker" not in line.details


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_change_of_the_outlook_has_its_line(when: str, own_site: Path, user_in: Callable[[str], User]) -> None:
    workspace = Workspace.open(own_site)
    cell = workspace.grid.name(int(read_cell(workspace)))
    kill_in(CHANGE, user_in("analyst"), week=WEEK, when=when, cell=cell)
    assert settle() == (when == "after")
    found = [line.details["decision"] for line in AuditLine.objects.filter(action=ChangeOutlook.action)]
    assert found == list(read_decisions(workspace, "override", week=WEEK)["decision_id"])


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_pause_that_is_cut_off_gets_its_line_when_it_holds(
    own_site: Path, user_in: Callable[[str], User], when: str
) -> None:
    kill_in(PAUSE, user_in("privacy_officer"), when=when)
    held = list(pauses(Workspace.open(own_site))["what"])
    assert held == (["outlook"] if when == "after" else [])
    assert settle() == len(held)
    lines = AuditLine.objects.filter(action="pause.set")
    assert [line.subject for line in lines] == held
    assert not any("zeker" in line.details for line in lines)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_quarter_that_is_cut_off_gets_its_line_when_it_is_out(
    own_site: Path, user_in: Callable[[str], User], when: str
) -> None:
    already = set(published_quarters(Workspace.open(own_site)))
    kill_in(APPROVE, user_in("privacy_officer"), when=when)
    out = set(published_quarters(Workspace.open(own_site))) - already
    assert len(out) == (1 if when == "after" else 0)
    assert settle() == len(out)
    told = AuditLine.objects.filter(action="publication.approve")
    assert {line.subject for line in told} == {quarter.name for quarter in out}


@pytest.mark.parametrize("when", ["before", "after"])
def test_destroying_that_is_cut_off_is_accounted_for_in_full(
    own_site: Path, user_in: Callable[[str], User], when: str
) -> None:
    workspace = Workspace.open(own_site)
    order = order_of_old_reports(workspace, user_in("privacy_officer"))
    foreseen = order.foreseen["reports"]
    assert foreseen > 0
    kill_in(RETENTION, user_in("administrator"), when=when)
    assert settle() == (when == "after")
    assert [done.destroyed for done in RetentionDone.objects.all()] == [{"reports": foreseen}] * (when == "after")
    left = int(retention(workspace, on=order.on, dry_run=True)["destroyed"].sum())
    assert left == (0 if when == "after" else foreseen)
    lines = AuditLine.objects.filter(action="retention.run")
    assert [(line.subject, line.details["reports"]) for line in lines] == (
        [(f"goedkeuring {order.pk}", foreseen)] * (when == "after")
    )


def order_of_old_reports(workspace: Workspace, officer: User) -> RetentionOrder:
    path = workspace.root / "agreements" / "bvh.toml"
    path.write_text(re.sub(r"retention_months = \d+", "retention_months = 6", path.read_text(encoding="utf-8")))
    return ApproveRetention(officer, workspace=workspace, why="Zes maanden is genoeg.").run()


def read_cell(workspace: Workspace) -> int:
    from stip.store import read_cells

    cells = read_cells(workspace)
    return int(cells[cells["in_study"].astype(bool)]["cell"].iloc[0])


def test_what_is_still_being_done_is_left_alone(own_site: Path, user_in: Callable[[str], User]) -> None:
    words = {"actor": user_in("coordinator"), "actor_name": "c", "action": "plan.fix", "subject": WEEK}
    here = Intent.objects.create(**words, details={"version": 1, "edition": 2}, process=f"{this_worker()}0")
    elsewhere = Intent.objects.create(**words, details={"version": 1, "edition": 2}, process="elders:1:1")
    here.process = this_worker().rsplit(":", 2)[0] + ":1:" + _started_of_init()
    here.save()
    assert settle() == 0
    assert set(Intent.objects.all()) == {here, elsewhere}
    elsewhere.at = timezone.now() - timedelta(minutes=16)
    elsewhere.save()
    assert settle() == 0, "it never landed"
    assert list(Intent.objects.all()) == [here]


def _started_of_init() -> str:
    from stip_web.audit.processes import _started

    return _started(1)


def test_what_the_workspace_refuses_leaves_nothing_behind(
    own_site: Path, user_in: Callable[[str], User], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Exception, match="levering"):
        UndoDelivery(user_in("analyst"), batch_id="b-niets", why="Bestaat niet.").run()
    assert not Intent.objects.exists()
    assert not AuditLine.objects.filter(action=UndoDelivery.action).exists()


def test_an_error_nobody_foresaw_is_settled_by_what_the_workspace_says(
    own_site: Path, user_in: Callable[[str], User], monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace.open(own_site)
    batch, real = str(batches(workspace)[-1]["batch_id"]), UndoDelivery.then

    def then(self: UndoDelivery, changed: object) -> object:
        real(self, changed)  # type: ignore[arg-type]
        raise OSError("the disk is gone")

    monkeypatch.setattr(UndoDelivery, "then", then)
    with pytest.raises(OSError, match="the disk is gone"):
        UndoDelivery(user_in("analyst"), batch_id=batch, why="Verkeerde maand ingelezen.").run()
    assert not AuditLine.objects.filter(action=UndoDelivery.action).exists()
    assert settle() == 1
    assert AuditLine.objects.get(action=UndoDelivery.action).subject == batch


def test_a_server_that_begins_settles_what_the_one_before_left(
    own_site: Path, user_in: Callable[[str], User], monkeypatch: pytest.MonkeyPatch
) -> None:
    from stip_web import wsgi

    batch = str(batches(Workspace.open(own_site))[-1]["batch_id"])
    kill_in(UNDO, user_in("analyst"), batch=batch)
    monkeypatch.setattr(wsgi, "_begun", threading.Event())
    for _ in range(2):
        answer = wsgi.served(RequestFactory().get("/gezondheid").environ, lambda *_: None)
        assert b"".join(answer)
    assert AuditLine.objects.get(action=UndoDelivery.action).subject == batch


def test_two_that_settle_at_once_write_one_line(own_site: Path, user_in: Callable[[str], User]) -> None:
    workspace = Workspace.open(own_site)
    batch = str(batches(workspace)[-1]["batch_id"])
    kill_in(UNDO, user_in("analyst"), batch=batch)
    intent = Intent.objects.get()
    from stip_web.audit.settling import _settle_one

    assert [_settle_one(workspace, intent, UndoDelivery) for _ in range(2)] == [True, False]
