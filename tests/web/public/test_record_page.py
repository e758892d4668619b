# SPDX-License-Identifier: EUPL-1.2
"""Cijfers: a bad quarter stands there as a good one does, as text, table, drawing and file."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from stip.publish import published_areas
from stip.publish.hits import Hits, Told, hits_together
from stip.publish.record import _told
from stip.settings import LearnSettings
from stip_web.public.chart import chart_of

GOOD = (("Woninginbraak", 80, 30, 25), ("Fietsdiefstal", 390, 190, 90))
BAD = (("Woninginbraak", 75, 15, 25), ("Fietsdiefstal", 350, 40, 150))


def plant(
    published: Path, quarter: str, rows: tuple[tuple[str, int, int, int], ...], better: int, worse: int
) -> None:
    """Fill in an evaluation as `stip.publish.record` writes it."""
    path = published / "record" / f"{quarter}.json"
    told = json.loads(path.read_text())
    settings = LearnSettings()
    hits = {label: Hits(*(Told.of(figure) for figure in figures)) for label, *figures in rows}
    told |= {
        "lacking": "",
        "weeks": [f"2026-W{number:02d}" for number in range(15, 27)],
        "types": [_told(label, label, one, one.reported.figure, 12, settings) for label, one in hits.items()],
        "all": _told("all", "alle soorten samen", hits_together(hits.values()), 200, 12, settings),
    }
    told["weeks_beside"] |= {"told": True, "sentence": f"Van de 12 weken waren er {better} beter, {worse} slechter."}
    path.write_text(json.dumps(told))


@pytest.fixture
def measured(full: Path) -> Path:
    plant(full, "2026-K2", GOOD, 9, 2)
    plant(full, "2026-K1", BAD, 1, 10)
    return full


def test_a_bad_quarter_is_told_as_a_good_one_is(public: Client, measured: Path) -> None:
    good = BeautifulSoup(public.get("/openbaar/cijfers").content, "html.parser")
    bad = BeautifulSoup(public.get("/openbaar/cijfers", {"kwartaal": "2026-K1"}).content, "html.parser")
    assert "Van de 12 weken waren er 9 beter, 2 slechter." in good.get_text()
    assert "Van de 12 weken waren er 1 beter, 10 slechter." in bad.get_text()
    for page in (good, bad):
        table = page.find("div", attrs={"aria-labelledby": "terugblik"})
        assert table is not None
        assert len(table.select("tbody tr")) == 3  # type: ignore[union-attr]
        assert len(page.select("figure.public-chart rect")) == 6
        beside = page.find("div", attrs={"aria-labelledby": "alle"})
        assert beside is not None
        verdicts = [line.select("td")[-1].get_text() for line in beside.select("tbody tr")]  # type: ignore[union-attr]
        assert verdicts[:2] == ["beter", "slechter"]


@pytest.mark.parametrize("address", ["cijfers", "mijn-buurt?buurt=CODE"])
def test_on_a_phone_each_figure_names_its_column(public: Client, measured: Path, address: str) -> None:
    code = str(published_areas(measured)["area_code"].iloc[3])
    page = BeautifulSoup(public.get(f"/openbaar/{address.replace('CODE', code)}").content, "html.parser")
    tables = page.select("main table")
    assert tables == page.select("table.public-stack[role=table]") and tables
    for table in tables:
        columns = [heading.get_text() for heading in table.select("thead th")][1:]
        for row in table.select("tbody tr[role=row]"):
            assert [cell["data-label"] for cell in row.select("td[role=cell]")] == columns


def test_the_reports_of_the_town_are_called_what_they_count(public: Client, measured: Path) -> None:
    page = BeautifulSoup(public.get("/openbaar/cijfers").content, "html.parser")
    heading = page.find(id="gemeente")
    assert heading is not None and "buurten met een openbaar cijfer" in heading.get_text()
    assert "hele gemeente" not in heading.get_text()


def test_the_drawing_shows_what_the_table_says(measured: Path) -> None:
    told = json.loads((measured / "record" / "2026-K2.json").read_text())
    chart = chart_of(told["types"])
    assert chart is not None
    for row, line in zip(chart.rows, told["types"], strict=True):
        assert row.label == line["label"]
        assert row.outlook.per_cent == round(100 * line["outlook"]["figure"] / line["reported"]["figure"])
        for bar in row.bars:
            assert 0 <= bar.low <= bar.length <= bar.high <= chart.width
    assert chart_of([]) is None


def test_the_file_holds_every_quarter_rounded(public: Client, measured: Path) -> None:
    rows = list(
        csv.DictReader(io.StringIO(public.get("/openbaar/cijfers.csv").content.decode("utf-8-sig")), delimiter=";")
    )
    assert [row["kwartaal"] for row in rows] == ["2026-K1"] * 3 + ["2026-K2"] * 3
    assert [row["meldingen"] for row in rows if row["soort"] == "Fietsdiefstal"] == ["350", "390"]
    assert all(int(row[name]) % 5 == 0 for row in rows for name in ("meldingen", "in de vooruitblik"))


def test_a_pause_of_looking_back_hides_the_evaluation_and_leaves_the_figures(public: Client, measured: Path) -> None:
    told = BeautifulSoup(public.get("/openbaar/cijfers").content, "html.parser")
    assert told.find(id="terugblik") and told.find(id="gemeente")
    pause = {"what": "stage", "name": "learn", "label": "", "since": "2026-09-07", "sentence": "Dit staat stil."}
    (measured / "pauses.json").write_text(json.dumps([pause]))
    held = BeautifulSoup(public.get("/openbaar/cijfers").content, "html.parser")
    main = held.find("main")
    assert main is not None and "Dit staat stil." in main.get_text()
    assert held.find(id="gemeente") and not held.find(id="terugblik") and not held.find(id="alle")
    assert "Van de 12 weken" not in held.get_text() and not held.select("figure.public-chart")
    answer = public.get("/openbaar/cijfers.csv")
    assert answer.status_code == 503 and "Dit staat stil." in answer.content.decode()
    assert "Dit staat stil." not in public.get("/openbaar/mijn-buurt").content.decode().split("<main")[1]


def test_what_is_wrong_with_a_quarter_stands_beside_its_figures(public: Client, measured: Path) -> None:
    sentence = "In juni ontbreekt een week."
    issue = {"quarter": "2026-K2", "since": "2026-09-06T22:30:00+00:00", "sentence": sentence}
    (measured / "figures" / "2026-K2" / "issues.json").write_text(json.dumps([issue]))

    def beside(quarter: str) -> list[str]:
        page = BeautifulSoup(public.get("/openbaar/cijfers", {"kwartaal": quarter}).content, "html.parser")
        found = [line.find_previous("h2") for line in page.select("main li") if sentence in line.get_text()]
        return [str(heading["id"]) for heading in found if heading is not None]

    assert beside("2026-K2") == ["terugblik", "gemeente"]
    assert beside("2026-K1") == ["alle", "gemeente"]


def test_a_quarter_that_was_not_measured_says_so(public: Client, full: Path) -> None:
    text = public.get("/openbaar/cijfers").content.decode()
    assert "nog geen hele week nagemeten" in text
    assert "<rect" not in text
    issue = {"quarter": "2026-K2", "since": "2026-09-06T22:30:00+00:00", "sentence": "In juni ontbreekt een week."}
    (full / "figures" / "2026-K2" / "issues.json").write_text(json.dumps([issue]))
    told = public.get("/openbaar/cijfers").content.decode()
    assert told.count(issue["sentence"]) == 1, (
        "beside the reports of the town, and not beside figures that are not there"
    )
