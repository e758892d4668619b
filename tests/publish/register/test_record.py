# SPDX-License-Identifier: EUPL-1.2
"""The record for everybody: what is out already and nothing beside it, late and allowed."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pyarrow.parquet as pq
import pytest

from publish.register.known_town import AT, COUNTS, freeze_outlook, verdict
from stip.agreements import record_pause
from stip.outlook import Finding, finding_of
from stip.publish import FIGURE, Quarter
from stip.publish.hits import Hits, Told
from stip.publish.record import _told
from stip.publish.register import file_of, make_register
from stip.publish.register.record import HELD, conclusion_of, judged_of
from stip.store import Workspace, latest_run
from stip.words import number


def rows(workspace: Workspace, at: datetime = AT) -> dict[str, dict[str, str]]:
    return {row["label"]: dict(row) for row in make_register(workspace, at=at).facts.record}


def let_out_a_quarter(workspace: Workspace, quarter: str, *, measured: bool = True) -> dict[str, Any]:
    """Write an evaluation as it goes out with a quarter."""
    hits = Hits(Told.of(400), Told.of(250), Told.of(200))
    line = _told("bicycle_theft", "Fietsdiefstal", hits, 390, 12, workspace.settings.learn)
    told = {"quarter": quarter, "label": Quarter.named(quarter).label, "run_id": f"run-{quarter}", "lacking": "",
            "weeks": ["2026-W28"] * 12, "weeks_in_quarter": 13, "types": [line] if measured else [],
            "all": line if measured else None}  # fmt: skip
    work = {"visits_planned": 0, "visits_held": 0, "overrides_sentence": ""}
    told |= {"work": work, "measure": {"sentence": ""}, "weeks_beside": {"sentence": ""}, "method": ""}
    published = workspace.root / "published"
    folder = published / "figures" / quarter
    folder.mkdir(parents=True)
    facts = {"quarter": quarter, "labels": {}, "approved_at": AT.isoformat(), "known_until": AT.isoformat(),
             "run_id": told["run_id"], "role": "fg", "method": ""}  # fmt: skip
    (folder / "facts.json").write_text(json.dumps(facts), encoding="utf-8")
    pq.write_table(FIGURE.schema.empty_table(), folder / "figures.parquet")
    (published / "record").mkdir(exist_ok=True)
    (published / "record" / f"{quarter}.json").write_text(json.dumps(told), encoding="utf-8")
    return line


def test_before_a_quarter_was_measured_only_words_are_told_and_called_a_trial(town: Workspace) -> None:
    register = make_register(town, at=AT)
    for row in register.facts.record:
        assert row["total"] == row["outlook"] == row["baseline"] == row["share"] == ""
        assert (
            "Vooraf beproefd op de 12 weken tot en met week 30 van 2026; niet in gebruik gemeten" in row["conclusion"]
        )
    said = rows(town)
    few, chance = said["Woninginbraak"]["conclusion"], said["Fietsdiefstal"]["conclusion"]
    assert few == chance, "too few or chance: which of the two would bound how many reports there were"
    assert register.explanation["record_kind"] == "trial"
    assert "niet in gebruik gemeten" in register.explanation["record_note"]


def test_the_register_tells_the_figures_that_are_out_and_no_other(town: Workspace) -> None:
    line = let_out_a_quarter(town, "2026-K2")
    let_out_a_quarter(town, "2026-K3", measured=False)
    register = make_register(town, at=AT)
    (row,) = register.facts.record
    assert (row["total"], row["outlook"], row["baseline"]) == ("400", "250", "200")
    assert row["share"] == f"{number(100 * line['outlook']['share']['share'])} %"
    assert row["weeks"] == "12 van de 13 hele weken van het tweede kwartaal van 2026"
    assert row["run"] == "run-2026-K2" and "Gemeten in gebruik" in row["conclusion"]
    assert register.explanation["record_kind"] == "measured"
    assert "beproefd" not in register.explanation["record_note"]
    for text in register.files.values():
        for count in COUNTS["bicycle_theft"]:
            assert f"{count:.0f}" not in text, "no figure of the trial stands beside it"


def test_the_block_is_closed_whenever_one_looks(town: Workspace) -> None:
    first = rows(town)
    freeze_outlook(town, "2026-W38")
    second = rows(town, AT + timedelta(weeks=1))
    for label, row in first.items():
        assert {name: row[name] for name in row if name != "run"} == {
            name: second[label][name] for name in row if name != "run"
        }


def test_what_is_not_late_enough_stays_in(town: Workspace) -> None:
    run = latest_run(town, "outlook")
    assert run is not None and judged_of(run).last == "2026-W30"
    ended = datetime.fromisoformat("2026-07-27T00:00:00+02:00")
    early, late = (rows(town, ended + timedelta(weeks=4, hours=hours))["Fietsdiefstal"] for hours in (-1, 1))
    assert "4 weken" in early["conclusion"]
    assert "Vooraf beproefd" in late["conclusion"]


@pytest.mark.parametrize("what", ["source:bvh", "outlook", "learn", "all"])
def test_what_is_on_hold_keeps_the_figures_in(town: Workspace, what: str) -> None:
    let_out_a_quarter(town, "2026-K2")
    record_pause(town, what, paused=True, reason="Wij kijken het na.", role="fg", at=AT)
    register = make_register(town, at=AT)
    bicycles = next(row for row in register.facts.record if row["label"] == "Fietsdiefstal")
    assert bicycles["total"] == "" and bicycles["conclusion"] == HELD
    for document in register.documents:
        page = file_of(document, "html").decode()
        assert HELD in page and "247 van de 393" not in page


@pytest.mark.parametrize(
    ("known", "found"),
    [
        (verdict(50, 40, 200, finding="worse"), Finding.WORSE),
        ({"hits": 1.0, "total": 9.0, "use": "model"}, Finding.TOO_FEW),
        ({"hits": 80.0, "total": 200.0, "use": "model", "certainty": 0.9999}, Finding.BETTER),
        ({"hits": 80.0, "total": 200.0, "use": "baseline", "certainty": 0.1}, Finding.BEHIND),
        ({"hits": 80.0, "total": 200.0, "use": "model", "certainty": 0.6}, Finding.CHANCE),
    ],
)
def test_a_judgement_is_told_without_figures(known: dict[str, object], found: Finding) -> None:
    assert finding_of(known) is found
    assert not any(sign.isdigit() for sign in conclusion_of(known))
