# SPDX-License-Identifier: EUPL-1.2
"""The record and the model card: from the frozen run, and also when it is bad."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from django.test import Client

from stip.outlook import judgement_of
from stip.store import Run, Workspace, latest_run
from stip_web.audit.models import AccessLine
from stip_web.outlooks.card import card_of
from stip_web.outlooks.record import by_week, record_of, record_rows
from stip_web.workspaces.current import current_workspace

from .cells import AT, WEEK, read, said


@pytest.fixture
def labels(town: Workspace) -> dict[str, str]:
    return {name: kind.label for name, kind in town.settings.crime_types.items()}


@pytest.fixture
def bad(own_site: Path) -> Run:
    """Make the outlook the worst of all in its own record: it never points where anything came."""
    run = latest_run(Workspace.open(own_site), "outlook", WEEK)
    assert run is not None
    rows = run.table("record")
    rows.loc[rows["model"] == run.notes["model"], "hits"] = 0.0
    path = run.folder / "record.parquet"
    schema = pq.read_schema(path)
    import pyarrow as pa

    pq.write_table(pa.Table.from_pandas(rows, schema=schema, preserve_index=False), path)
    return run


def test_the_record_adds_up_to_what_was_frozen(outlook: Run, labels: dict[str, str]) -> None:
    record = record_of(outlook.table("record"), outlook, labels)
    rows = outlook.table("record")
    rows = rows[rows["area_share"].round(2) == 0.03]
    assert len(record.weeks) == rows["week"].nunique() <= 12
    assert len(record.lines) == rows.groupby(["crime_type", "model"]).ngroups
    mine = rows[rows["model"] == outlook.notes["model"]]
    assert sum(line.hits for line in record.lines if line.is_outlook) == pytest.approx(mine["hits"].sum())
    weeks = by_week(outlook.table("record"), outlook)
    assert sum(line.hits for line in weeks) == pytest.approx(mine["hits"].sum())
    assert sum(line.total for line in weeks) == pytest.approx(mine["total"].sum())


def test_the_card_counts_no_reports_for_who_may_see_no_cells(as_role: Callable[[str], Client]) -> None:
    """Beside the card of the week before, a count would tell how many came in between."""
    exact, coarse = (as_role(role).get("/vooruitblik/model.json").json()["types"] for role in ("analyst", "policy"))
    assert all(each["knownReports"] > 0 for each in exact.values())
    for name, each in coarse.items():
        assert set(each) == set(exact[name]) - {"knownReports"}
        assert set(each["verdict"]) == {"use", "finding"}
    assert "Bekende meldingen" in as_role("analyst").get("/vooruitblik/model").content.decode()
    assert "Bekende meldingen" not in as_role("policy").get("/vooruitblik/model").content.decode()


@pytest.mark.parametrize("address", ["model", "model.json", "trackrecord", "trackrecord.json", "trackrecord.csv"])
def test_a_look_at_card_or_record_leaves_a_line(address: str, as_role: Callable[[str], Client]) -> None:
    assert as_role("analyst").get(f"/vooruitblik/{address}").status_code == 200
    line = AccessLine.objects.get()
    assert (line.actor_name, line.activity, line.fine) == ("analyst-test", "vooruitblik", True)


@pytest.mark.parametrize("role", ["analyst", "coordinator", "privacy_officer", "policy"])
def test_the_record_is_on_the_same_page(role: str, as_role: Callable[[str], Client]) -> None:
    page = read(as_role(role), AT)
    table = page.select_one("section[aria-labelledby=record] table")
    assert len(table.select("tbody tr")) >= 4
    assert "de vooruitblik" in said(table)
    assert "de laatste 52 weken" in said(table)


@pytest.mark.parametrize("role", ["analyst", "policy"])
def test_a_bad_record_is_shown_as_it_is(role: str, as_role: Callable[[str], Client], bad: Run) -> None:
    client = as_role(role)
    for address in (AT, "/vooruitblik/trackrecord", "/vooruitblik/model"):
        page = said(read(client, address))
        assert "ving een gewone telling in deze 12 weken meer dan de vooruitblik" in page
    rows = client.get("/vooruitblik/trackrecord.json").json()["rows"]
    assert all(row["hits"] == 0 for row in rows if row["outlook"])


def test_one_judgement_on_every_page(as_role: Callable[[str], Client], outlook: Run, labels: dict[str, str]) -> None:
    client = as_role("analyst")
    judged = judgement_of(outlook, labels)
    assert judged.lines and "t/m week " in judged.over
    pages = [
        said(read(client, address))
        for address in ("/", AT, "/vooruitblik/model", f"/weekplan/{WEEK.lower()}/briefing")
    ]
    for line in (*judged.lines, judged.over):
        assert all(line in page for page in pages[:3]), line
    assert judged.sentence in pages[3]
    assert all(("Niet beter dan tellen" in page) == bool(judged.behind) for page in pages[1:3])


def test_what_is_the_same_of_many_types_is_said_once(outlook: Run, labels: dict[str, str]) -> None:
    judged = judgement_of(outlook, labels)
    ends = Counter(line.rsplit("; ", 1)[1].rstrip(".") for line in judged.lines)
    assert max(ends.values()) > 1
    for end in ends:
        assert judged.sentence.count(end.capitalize()) == 1
    for line in judged.lines:
        assert line.rsplit("; ", 1)[0].replace(": ", " ") in judged.sentence


def test_no_judgement_is_no_figure(labels: dict[str, str]) -> None:
    assert judgement_of(None, labels).sentence.startswith("Daar is nog niets over te zeggen")


def test_no_record_yet_is_said(as_role: Callable[[str], Client], own_site: Path) -> None:
    run = latest_run(Workspace.open(own_site), "outlook", WEEK)
    assert run is not None
    path = run.folder / "record.parquet"
    pq.write_table(pq.read_table(path).slice(0, 0), path)
    assert "Nog niets nagemeten" in said(read(as_role("analyst"), AT))
    assert "Nog niets nagemeten" in said(read(as_role("analyst"), "/vooruitblik/trackrecord"))


def test_twins_of_the_record(as_role: Callable[[str], Client]) -> None:
    client = as_role("policy")
    one, ten = (client.get(f"/vooruitblik/trackrecord.json?deel={share}").json() for share in (1, 10))
    assert one["facts"]["deel van het gebied"] == "1 %"
    frames = [pd.DataFrame(each["rows"]) for each in (one, ten)]
    assert frames[0]["hits"].sum() < frames[1]["hits"].sum()
    assert client.get("/vooruitblik/trackrecord.csv").content.decode("utf-8-sig").startswith("# gemeente")


def test_a_week_in_the_address_that_is_none(as_role: Callable[[str], Client]) -> None:
    assert as_role("analyst").get("/vooruitblik/trackrecord?week=morgen").status_code == 404


def test_the_card_comes_from_the_run(as_role: Callable[[str], Client], outlook: Run, labels: dict[str, str]) -> None:
    card = as_role("policy").get("/vooruitblik/model.json").json()
    rows = record_rows(current_workspace(), outlook, fine=False)
    assert card == card_of(rows, outlook, labels, intact=True, exact=False)
    assert all(line["hits"] % 5 == line["total"] % 5 == 0 for line in card["record"])
    assert card["settings"] == outlook.facts["settings"]
    assert card["inputs"] == outlook.facts["inputs"]
    assert card["program"] == outlook.facts["program"]
    assert card["types"]["vandalism"]["learned"] == outlook.notes["by_type"]["vandalism"]["learned"]
    page = said(read(as_role("policy"), "/vooruitblik/model"))
    for fact in (outlook.facts["version"], outlook.facts["program"], outlook.facts["seal"], "half_lives_weeks"):
        assert fact in page
    for line in [*card["formula"], *card["limits"]]:
        assert line in page


def test_an_earlier_week_has_its_own_card(as_role: Callable[[str], Client]) -> None:
    card = as_role("analyst").get("/vooruitblik/model.json?week=2026-w36").json()
    assert card["week"] == "2026-W36"
