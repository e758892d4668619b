# SPDX-License-Identifier: EUPL-1.2
"""Whatever looks at incidents asks first whether their source may be used for it, today."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from intake.incident_files import save
from stip.agreements import install_shipped, record_pause
from stip.cli.explore_input import ask
from stip.errors import AgreementError
from stip.intake import export_incidents, read_incident_file
from stip.learn import came_in
from stip.link import link_workspace
from stip.outlook import make_outlook, read_history
from stip.plan import look_up
from stip.store import Run, Workspace, publish_batch, write_areas, write_cells, write_text
from stip.week import gather
from store import made

WEEK = "2026-W38"
NOW = datetime(2026, 9, 14, 8, tzinfo=UTC)

Reader = Callable[[Workspace, Path], object]

READERS: dict[str, tuple[Reader, str]] = {
    "intake": (lambda w, p: read_incident_file(w, save(p / "f.csv", "x\n1\n"), "bvh", received_at=NOW), ""),
    "export": (lambda w, p: export_incidents(w, p / "f.xlsx"), "stippenkaart"),
    "link": (lambda w, p: link_workspace(w), ""),
    "explore": (lambda w, p: ask(w.root, None, "", ""), "stippenkaart"),
    "outlook": (lambda w, p: make_outlook(w, WEEK), "vooruitblik"),
    "backtest": (lambda w, p: read_history(w, WEEK), "vooruitblik"),
    "plan": (lambda w, p: look_up(w, WEEK), "weekplan"),
    "week map": (lambda w, p: gather(w, Run(p, {}), Run(p, {})), "stippenkaart"),
    "learn": (lambda w, p: came_in(w, "2026-W36", at=NOW), "evaluatie"),
}
"""Each reader, and the purpose it needs; empty when it serves whatever was agreed."""


@pytest.fixture
def held(workspace: Workspace) -> Workspace:
    """Give a workspace with reports that came in under the agreement bvh."""
    install_shipped(workspace)
    write_areas(workspace, made.areas())
    publish_batch(workspace, made.incidents("b1"), made.manifest("b1"))
    return workspace


def agree(workspace: Workspace, old: str, new: str) -> None:
    path = workspace.agreements / "bvh.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    write_text(path, text.replace(old, new))


@pytest.mark.parametrize("reader", READERS)
def test_a_source_on_hold_is_not_used(held: Workspace, tmp_path: Path, reader: str) -> None:
    record_pause(held, "source:bvh", paused=True, reason="Vraag van de FG.", role="fg", at=NOW)
    with pytest.raises(AgreementError, match=r"De bron ‘bvh’ staat op pauze.* Hef op met ‘stip agreements resume"):
        READERS[reader][0](held, tmp_path)


@pytest.mark.parametrize("reader", READERS)
def test_what_came_in_under_an_ended_agreement_is_not_used(held: Workspace, tmp_path: Path, reader: str) -> None:
    past = datetime.now(UTC).date() - timedelta(days=2)
    agree(held, "valid_until = 2028-12-31", f"valid_until = {past}")
    with pytest.raises(AgreementError, match=rf"‘bvh’ liep tot en met {past:%d-%m-%Y}\. Spreek opnieuw af"):
        READERS[reader][0](held, tmp_path)


@pytest.mark.parametrize("reader", [name for name, (_, purpose) in READERS.items() if purpose])
def test_a_purpose_that_was_not_agreed_is_refused(held: Workspace, tmp_path: Path, reader: str) -> None:
    read, purpose = READERS[reader]
    agree(held, f'"{purpose}", ' if purpose != "openbaarmaking" else f', "{purpose}"', "")
    with pytest.raises(AgreementError, match=f"‘bvh’ laat het doel ‘{purpose}’ niet toe. Afgesproken is: "):
        read(held, tmp_path)


def test_every_module_that_reads_incidents_asks() -> None:
    source = Path(__file__).resolve().parents[2] / "src" / "stip"
    reads = re.compile(r"\b(read_incidents|read_versions)\(")
    found = {
        path.relative_to(source).as_posix(): "check_sources(" in text
        for path in source.rglob("*.py")
        for text in [path.read_text(encoding="utf-8")]
        if reads.search(text) and path.parent.name != "store"
    }
    assert len(found) > 5
    assert [name for name, asks in found.items() if not asks] == []


def test_an_agreed_source_is_read(held: Workspace, tmp_path: Path) -> None:
    assert export_incidents(held, tmp_path / "f.xlsx") == 5
    write_cells(held, made.cells())
    assert isinstance(came_in(held, "2026-W36", at=NOW), pd.DataFrame)
