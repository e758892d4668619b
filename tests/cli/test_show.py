# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import io

import pytest
from rich.console import Console

from stip.cli import show

LONG = "/home/gemeente/werkmappen/stipdam/output/2026-W37/een-lange-naam-van-een-map/weekplan.geojson"


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Give what a terminal of 80 columns shows."""
    written = io.StringIO()
    terminal = Console(file=written, width=80, force_terminal=True, color_system=None, highlight=False)
    monkeypatch.setattr(show, "console", terminal)
    monkeypatch.setattr(show, "console_err", terminal)
    return written


def test_a_path_is_never_cut(narrow: io.StringIO) -> None:
    show.say(f"Geschreven: {LONG} (7 plekken)")
    show.warn(LONG)
    assert narrow.getvalue().count(LONG) == 2


def test_numbers_of_deliveries_stay_whole_in_a_table(narrow: io.StringIO) -> None:
    batch = "20260907t073000abcdef0123"
    rows = [(batch, "bvh", "07-09-2026 07:30", "31-08-2026 – 06-09-2026", "1.234", "12", "bvh_2026-W36_uitvoer.csv")]
    show.table(("levering", "afspraak", "ontvangen", "meldingen van", "opgeslagen", "verbeterd", "bestand"), rows)
    for whole in (batch, "bvh_2026-W36_uitvoer.csv", "opgeslagen"):
        assert whole in narrow.getvalue()


def test_a_table_that_fits_is_a_table(narrow: io.StringIO) -> None:
    show.table(("week", "gemeld"), [("2026-W37", "12")], right=(1,))
    assert "2026-W37       12" in narrow.getvalue()


def test_steps_are_a_line_each_where_there_is_no_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written = io.StringIO()
    monkeypatch.setattr(show, "console_err", Console(file=written, width=118))
    with show.steps("Beginnen") as tell:
        tell("Inlezen: [week].csv")
    assert written.getvalue().splitlines() == ["Beginnen …", "Inlezen: [week].csv"]
    assert capsys.readouterr().out == ""
