# SPDX-License-Identifier: EUPL-1.2
"""*Mag dit?* on the desk: one question a page, back works, and the outcome is a draft that the loader takes."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.template import Context, Template
from django.test import Client

from stip.agreements import every_path, load_rules
from stip.agreements.load import read_agreement

AsRole = Callable[[str], Client]
URL = "/toezicht/mag-dit"
PATHS = list(every_path(load_rules()))


def test_every_path_can_be_walked_and_ends_in_article_and_who_decides(as_role: AsRole) -> None:
    client = as_role("privacy_officer")
    for step in PATHS:
        page = client.get(f"{URL}?{urlencode(step.answers)}").content.decode()
        assert step.outcome is not None
        assert f"Uitkomst: {step.outcome.verdict.label}" in page
        assert step.outcome.decides in page
        assert "geen juridisch advies" in page
        assert ("Concept ophalen" in page) is bool(step.outcome.draft)
        assert ("nog geen ja gezegd" in page) is (bool(step.outcome.draft) and step.outcome.verdict == "ask")
        assert "nog niet nagekeken door een jurist" in page
        assert "nagekeken op" not in page


def test_one_question_a_page_and_back_leads_to_the_one_before(as_role: AsRole) -> None:
    client = as_role("analyst")
    first = client.get(URL).content.decode()
    assert "Vraag 1" in first
    assert ">Terug<" not in first
    third = client.get(f"{URL}?begin=bron&bron=politie&volgende=bron").content.decode()
    assert "Vraag 3" in third
    assert f'href="{URL}?begin=bron">Terug<' in third
    assert '<input type="hidden" name="bron" value="politie">' in third


@pytest.mark.parametrize("query", ["volgende=begin", "begin=<script>", "begin=bron&bron=Jansen"])
def test_no_answer_or_a_wrong_one_is_said(query: str, as_role: AsRole) -> None:
    answer = as_role("analyst").get(f"{URL}?{query}")
    assert answer.status_code == 400
    page = answer.content.decode()
    assert 'role="alert"' in page
    assert "Jansen" not in page
    assert "<script>" not in page.split("</head>")[1].split("</main>")[0]


def test_the_draft_is_a_file_that_the_loader_takes(as_role: AsRole, tmp_path: Path) -> None:
    answer = as_role("privacy_officer").get(
        f"{URL}/afspraak.toml?begin=bron&bron=eigendom&eigendom=soort&eigendom_fijn=buurt"
    )
    name = answer["Content-Disposition"].split('"')[1]
    (tmp_path / name).write_bytes(answer.content)
    assert read_agreement(tmp_path / name).source == "soort_eigenaar"
    unasked = as_role("privacy_officer").get(f"{URL}/afspraak.toml")
    assert unasked.status_code == 302 and unasked["Location"].startswith(URL), "first the questions"
    for query in ("begin=gebruik&gebruik=personen", "begin=x"):
        assert as_role("privacy_officer").get(f"{URL}/afspraak.toml?{query}").status_code == 404


def test_the_town_has_rules_of_its_own_with_who_looked(own_site: Path, as_role: AsRole) -> None:
    text = (resources.files("stip.agreements") / "may.toml").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("avg = "))
    by = line.removesuffix(" }") + ', checked_by = "jurist van de gemeente", checked_on = 2027-01-05 }'
    (own_site / "may.toml").write_text(text.replace(line, by), encoding="utf-8")
    page = as_role("privacy_officer").get(f"{URL}?begin=gebruik&gebruik=personen").content.decode()
    assert "nagekeken door jurist van de gemeente op 5 januari 2027" in page
    assert "nog niet nagekeken door een jurist" in page, "the AI Act was not looked at"


@pytest.mark.parametrize("role", ["coordinator", "member", "policy", "administrator"])
def test_who_has_nothing_to_do_with_rules_does_not_come_in(role: str, as_role: AsRole) -> None:
    assert as_role(role).get(URL).status_code == 403


def test_the_privacy_officer_reads_how_many_dwellings_a_dot_could_be(site: Path) -> None:
    page = Template("{% load dwellings %}{% dots_and_dwellings %}").render(Context())
    assert "ziet buurten" in page
    assert "ziet alle plekken" in page
    assert "vierkant van 25 meter" in page


def test_dots_below_the_minimum_are_unknown_without_a_table_of_dwellings(own_site: Path, as_role: AsRole) -> None:
    path = own_site / "stip.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('minimum = 10\nlayer = "dwellings"', 'minimum = 10\nlayer = "nergens"'), encoding="utf-8"
    )
    rows = as_role("privacy_officer").get("/toezicht.json").json()["rows"]
    (sign,) = [row for row in rows if row["title"] == "Stippen onder de grens"]
    assert (sign["count"], sign["mark"]) == (None, "Let op")
    assert "niet bekend: er is geen laag met woningen" in sign["lines"]
