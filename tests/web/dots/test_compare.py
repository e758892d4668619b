# SPDX-License-Identifier: EUPL-1.2
"""Two periods side by side: whole weeks, equally old, with words for chance and for too few."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

PERIODS = "van=2026-03-30&tot=2026-06-28&vergelijk_van=2025-12-29&vergelijk_tot=2026-03-29"


def rows_of(client: Client, query: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = client.get(f"/kaart/vergelijk.json?{query}").json()["rows"]
    return rows


def test_it_counts_as_the_list_does(as_role: Callable[[str], Client]) -> None:
    client = as_role("analyst")
    rows = rows_of(client, PERIODS)
    for code in ("vandalism", "bicycle_theft"):
        (row,) = (row for row in rows if row["code"] == code)
        listed = client.get(f"/kaart/lijst.json?soort={code}&van=2026-03-30&tot=2026-06-28").json()["facts"]["aantal"]
        assert row["nu"] == listed
    areas = [row for row in rows if row["onderdeel"] == "Buurt"]
    total = next(row for row in rows if row["onderdeel"] == "Samen")
    assert sum(int(str(row["nu"])) for row in areas) == total["nu"]
    assert sum(int(str(row["eerst"])) for row in areas) == total["eerst"]


def test_few_are_not_compared_and_the_rest_has_an_interval(as_role: Callable[[str], Client]) -> None:
    rows = rows_of(as_role("analyst"), PERIODS)
    few = [row for row in rows if max(int(str(row["nu"])), int(str(row["eerst"]))) < 10]
    enough = [row for row in rows if row not in few]
    assert few
    assert enough
    assert all(row["oordeel"] == "te weinig om te vergelijken" and row["verhouding_laag"] is None for row in few)
    assert all(row["verhouding_laag"] is not None for row in enough)
    assert any(row["oordeel"] == "verschil kan toeval zijn" for row in enough)


def test_the_page_says_it_in_words_and_draws_a_map(as_role: Callable[[str], Client]) -> None:
    page = as_role("analyst").get(f"/kaart/vergelijk?{PERIODS}&soort=vandalism").content.decode()
    assert "verschil kan toeval zijn" in page
    assert "te weinig om te vergelijken" in page
    assert page.count("<path d=") > 10
    assert 'role="img"' in page
    assert "style=" not in page  # the Content-Security-Policy would drop it


def test_days_become_whole_weeks_and_the_page_says_so(as_role: Callable[[str], Client]) -> None:
    query = "van=2026-04-01&tot=2026-06-25&vergelijk_van=2025-12-29&vergelijk_tot=2026-03-29"
    client = as_role("analyst")
    assert rows_of(client, query) == rows_of(client, PERIODS)
    assert "Er worden hele weken vergeleken" in client.get(f"/kaart/vergelijk?{query}").content.decode()


def test_a_recent_period_says_that_reports_still_come(as_role: Callable[[str], Client]) -> None:
    page = as_role("analyst").get("/kaart/vergelijk").content.decode()
    assert "komen nog meldingen binnen" in page
    assert "3 augustus 2026 tot en met 30 augustus 2026" in page
    assert "4 augustus 2025 tot en met 31 augustus 2025" in page


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("van=2026-01-05&tot=2026-02-01&vergelijk_van=2026-01-26&vergelijk_tot=2026-02-22", "overlappen"),
        ("van=2026-01-05", "beide perioden"),
        ("van=2026-01-05&tot=2026-02-01&vergelijk_van=2025-01-06", "beide perioden"),
    ],
)
def test_periods_that_cannot_be_compared_are_refused(query: str, says: str, as_role: Callable[[str], Client]) -> None:
    answer = as_role("analyst").get(f"/kaart/vergelijk.json?{query}")
    assert answer.status_code == 400
    assert says in answer.json()["detail"]


def test_periods_that_overlap_are_asked_again_on_the_page(as_role: Callable[[str], Client]) -> None:
    query = "van=2026-01-05&tot=2026-02-01&vergelijk_van=2026-01-26&vergelijk_tot=2026-02-22"
    answer = as_role("analyst").get(f"/kaart/vergelijk?{query}")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "overlappen" in page
    assert 'name="vergelijk_tot" value="2026-02-22"' in page
    assert "Alles samen" not in page


def test_a_drawn_area_and_a_neighbourhood_narrow_it(as_role: Callable[[str], Client]) -> None:
    client = as_role("analyst")
    whole = next(row for row in rows_of(client, PERIODS) if row["onderdeel"] == "Samen")
    one = next(row for row in rows_of(client, f"{PERIODS}&gebied=WK999900") if row["onderdeel"] == "Samen")
    district = next(row for row in rows_of(client, PERIODS) if row["code"] == "WK999900")
    assert 0 < int(str(one["nu"])) < int(str(whole["nu"]))
    assert (one["nu"], one["eerst"]) == (district["nu"], district["eerst"])


def test_weeks_without_any_report_do_not_count_and_the_page_says_so(as_role: Callable[[str], Client]) -> None:
    query = "van=2026-06-29&tot=2026-12-27&vergelijk_van=2025-12-29&vergelijk_tot=2026-06-28"
    facts = as_role("analyst").get(f"/kaart/vergelijk.json?{query}").json()["facts"]
    assert facts["Nu"].startswith("29 juni 2026 tot en met ")
    assert "september" in facts["Nu"] or "augustus" in facts["Nu"]
    assert facts["Eerst"].startswith("29 december 2025 tot en met ")
    assert "maart" in facts["Eerst"] or "februari" in facts["Eerst"]  # as many weeks less
    assert "binnen wat er aan meldingen is" in facts["Toelichting"]


@pytest.mark.parametrize("name", ["van", "tot", "vergelijk_van", "vergelijk_tot"])
@pytest.mark.parametrize("day", ["1901-01-07", "2999-12-30"])
def test_years_that_the_town_does_not_know_are_refused(name: str, day: str, as_role: Callable[[str], Client]) -> None:
    answer = as_role("analyst").get(f"/kaart/vergelijk.json?{name}={day}")
    assert answer.status_code == 400
    assert "De meldingen lopen van" in answer.json()["detail"]


def test_before_the_first_report_nothing_is_known_and_nothing_is_called_more(
    as_role: Callable[[str], Client],
) -> None:
    client = as_role("analyst")
    query = "van=2026-01-05&tot=2026-02-01&vergelijk_van=2025-01-06&vergelijk_tot=2025-02-02"
    rows = rows_of(client, query)
    assert {row["oordeel"] for row in rows} == {"niet te vergelijken"}
    assert all(row["verhouding_laag"] is None for row in rows)
    assert "Wat daarvoor was, is niet bekend." in client.get(f"/kaart/vergelijk?{query}").content.decode()
