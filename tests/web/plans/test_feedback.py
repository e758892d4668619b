# SPDX-License-Identifier: EUPL-1.2
"""The inbox: what the team told, with ‘better here’ on top, from which a visit is moved."""

from __future__ import annotations

from stip.learn import record_feedback
from stip.space import week_start
from stip_web.audit.models import ProcessingSpan
from stip_web.plans.feedback import told_of
from stip_web.workspaces.clock import now

from .board import WEEK, Board, said

_PLAN = f"plan-{WEEK}"


def test_better_here_stands_on_top_and_moves_the_visit_to_version_two(board: Board) -> None:
    assert "Nog niets" in said(board.read("/terugkoppeling"))
    board.accept_all()
    board.fix()
    first, second, third = board.spots[:3]
    better = board.free_cell()
    at = now(board.town)
    if at.isocalendar()[:2] != (2026, 37):  # the small town's clock stands in the week before
        at = week_start(WEEK, board.town.settings.town.time_zone)
    record_feedback(board.town, _PLAN, first.place_id, visited=True, code="rustig", at=at)
    record_feedback(board.town, _PLAN, third.place_id, visited=False, at=at)
    record_feedback(
        board.town,
        _PLAN,
        second.place_id,
        visited=True,
        code="anders",
        better_cells=[board.town.grid.cell_named(better)],
        at=at,
    )
    found, silent = told_of(board.town, WEEK)
    assert [each.place_id for each in found] == [second.place_id, third.place_id, first.place_id]
    assert len(silent) == len(board.spots) - 3
    spans = ProcessingSpan.objects.count()
    page = board.read("/terugkoppeling")
    assert ProcessingSpan.objects.count() == spans + 1, "notes are read as part of the week plan, and that is written"
    link = page.select_one("main .plan-cards a.utrecht-button")
    assert link is not None
    assert f"(vak {better})." in said(page)
    form = board.read(str(link["href"]).removeprefix(f"/weekplan/{WEEK.lower()}"))
    assert better in str(form.select_one("#meer"))
    fields = {name: form.select_one(f"[name={name}]")["value"] for name in ("plek", "decision")}  # type: ignore[index]
    assert board.add([better], reason="Het team ging liever hierheen.", **fields).status_code == 302
    assert board.fix(**{"reden-hours": "Er komt een collega bij."}).status_code == 302
    told = said(board.read("/versies"))
    assert "Versie 2" in told
    assert f"vervalt: Verplaatst naar plek {board.of('person').number}: Het team ging liever hierheen." in told
    assert f"Plek {second.number} ({second.area}) staat niet meer in het plan" in said(board.read("/terugkoppeling"))
