# SPDX-License-Identifier: EUPL-1.2
"""``stip signals``: from what is known to what a partner took on, on the command line."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from learn.conftest import WEEK, SmallTown, small_town
from signals.conftest import Desk
from stip.agreements import record_pause
from stip.cli.signals import app
from stip.errors import SignalError

__all__ = ["small_town"]
AT = "2026-09-14T09:30"


@pytest.fixture
def desk(small_town: SmallTown) -> Desk:  # noqa: F811 - the fixture of the same name
    return Desk(small_town)


def stip(folder: Path, *words: str) -> str:
    answer = CliRunner().invoke(app, [*words, "-w", str(folder)])
    assert answer.exception is None, answer.exception
    return answer.stdout


def refused(folder: Path, *words: str) -> str:
    answer = CliRunner().invoke(app, [*words, "-w", str(folder)])
    assert isinstance(answer.exception, SignalError), answer.stdout
    return str(answer.exception)


def test_a_list_tells_nothing_of_an_outlook_on_hold(desk: Desk) -> None:
    root = desk.workspace.root
    desk.top_cells(0, 60)
    stip(root, "find", "--week", WEEK, "--at", AT)
    [before, *_] = json.loads(stip(root, "list", "--json"))
    assert before["category"] and before["cell_count"] == 1 and "verwacht" in stip(root, "list")
    record_pause(desk.workspace, "outlook", paused=True, reason="Proef.", role="fg", at=datetime.now(UTC))
    [held, *_] = json.loads(stip(root, "list", "--json"))
    assert held == before | {"category": None, "cell_count": None}
    assert "verwacht" not in stip(root, "list")
    text = stip(root, "answer", before["mark"], "--decision", "act", "--role", "coordinator", "--at", AT)
    assert before["mark"] in text  # it can still be decided on


def test_a_lamp_from_street_to_maintenance(desk: Desk) -> None:
    root = desk.workspace.root
    desk.top_cells(0, 60)
    desk.town.plan({"a": ("outlook", [0])})
    assert "BU0, BU1" in stip(root, "find", "--week", WEEK, "--at", AT, "--dry-run")
    assert json.loads(stip(root, "find", "--week", WEEK, "--at", AT, "--json"))["new"] == 2
    named = ["--kind", "space", "--category", "lamp", "--role", "lid", "--area", "BU1", "--stream", "street"]
    assert "niets geschreven" in stip(root, "raise", *named, "--at", AT, "--dry-run")
    raised = json.loads(stip(root, "raise", *named, "--at", AT, "--json"))
    assert (raised["new"], raised["due_on"]) == (True, "2026-09-19")
    mark = f"S-{raised['signal_id'][:8]}"
    assert "stond al in de lijst" in stip(root, "raise", *named, "--at", AT)

    hand = ["answer", mark, "--decision", "hand_over", "--partner", "maintenance", "--share", "area"]
    assert "besluit: coördinator" in refused(root, *hand, "--role", "lid")
    assert f"stip signals send {mark}" in stip(root, *hand, "--role", "coordinator", "--at", AT)
    text = stip(root, "send", mark, "--role", "coordinator")
    assert "Kapotte lamp" in text and "--sent" in text
    assert "is overgedragen" in stip(root, "send", mark, "--role", "coordinator", "--sent", "--receipt", "M-7")
    said = ["taken-on", mark, "--said", "no", "--reason", "Niet van ons.", "--role", "coordinator", "--at", AT]
    assert "besluit opnieuw" in stip(root, *said)

    listed = json.loads(stip(root, "list", "--open", "--at", "2026-09-30", "--json"))
    assert {(one["kind"], one["overdue"]) for one in listed} == {("unvisited", True), ("space", True)}
    unvisited = next(one for one in listed if one["kind"] == "unvisited")
    assert unvisited["cells"] == [] and unvisited["cell_count"] >= 1, "of a district the count is enough"
    assert "te laat" in stip(root, "list", "--at", "2026-09-30")
    report = stip(root, "report", "--half", "2026-2", "--at", AT)
    assert "aantallen staan er pas na 31 december 2026" in " ".join(report.split())
    over = stip(root, "report", "--half", "2026-2", "--at", "2027-01-02")
    assert "afgerond op vijf" in " ".join(over.split())
    assert "Gedeeld met Beheer openbare ruimte: wat er aan de hand is, de wijk of buurt" in report
    rows = json.loads(stip(root, "report", "--half", "2026-2", "--at", AT, "--json"))["rows"]
    assert [row["declined"] for row in rows if row["kind"] == "space"] == [1]


def test_a_refusal_is_a_sentence(desk: Desk) -> None:
    root = desk.workspace.root
    help_with_place = ["--kind", "help", "--category", "hulp", "--role", "lid", "--cell", "E125000N450000"]
    assert "Bij hulp wordt geen plek vastgelegd" in refused(root, "raise", *help_with_place)
    assert "Dit signaal is er niet" in refused(root, "send", "S-00000000", "--role", "lid")
    assert "geen half jaar" in refused(root, "report", "--half", "2026")
    assert "Er zijn geen signalen" in stip(root, "list")
