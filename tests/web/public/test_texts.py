# SPDX-License-Identifier: EUPL-1.2
"""Pages of text: what they say of now is read now, and what is not known is said to be unknown."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from stip.publish import published_areas
from stip_web.public.quarters import SEARCHED
from stip_web.public.views import texts
from stip_web.public.views.texts import UNSAID

FROZEN = "Op dit moment staat niets op pauze."
PAUSE = {"what": "stage", "name": "publish", "label": "", "since": "2026-09-07", "sentence": "Dit staat stil."}
EXPLANATION: dict[str, Any] = {
    "lang": "nld", "town": "Stipdam", "organisation": "Gemeente Stipdam", "contact_email": "v@stipdam.example",
    "objections_url": "", "privacy_url": "", "made_on": "7 september 2026", "summary": "Elke week.",
    "how": [
        {"id": "kiezen", "title": "Kiezen", "paragraphs": ["Zo gaat het."], "points": [], "figures": []},
        {"id": "nu", "title": "Hoe staat het er nu voor?", "paragraphs": [FROZEN], "points": [], "figures": []},
    ],
    "algorithm": [
        {"id": "mensen", "title": "Mensen", "paragraphs": [f"Mensen beslissen. {FROZEN}"], "points": [],
         "figures": []},
    ],
    "record": [
        {"label": "Fietsdiefstal", "weeks": "de 12 weken tot en met week 30 van 2026", "outlook": "",
         "baseline": "", "total": "", "share": "", "low": "", "high": "", "conclusion": "Geen uitspraak.",
         "run": "63e1"},
    ],
    "record_kind": "trial", "record_note": "Vooraf beproefd.",
    "lawful_basis_links": [], "impact_tests": [], "english": [],
}  # fmt: skip
MEASURED: dict[str, Any] = {
    "record": [
        {"label": "Fietsdiefstal", "weeks": "12 van de 13 hele weken van het tweede kwartaal van 2026",
         "outlook": "250", "baseline": "245", "total": "395", "share": "63 %", "low": "58 %", "high": "68 %",
         "conclusion": "Het verschil kan toeval zijn.", "run": "63e1"},
    ],
    "record_kind": "measured", "record_note": "Gemeten in gebruik. Elk aantal is afgerond.",
}  # fmt: skip
"""What differs once a quarter was measured in use."""


@pytest.fixture
def explained(published: Path) -> Path:
    """Give a folder with the register as a municipality of before let it out."""
    (published / "register").mkdir()
    put(published, explanation=EXPLANATION, register={"name": "x"}, model_card={})
    return published


def put(published: Path, **told: dict[str, Any]) -> None:
    """Let files of the register out, with the hash of each beside them."""
    folder = published / "register"
    for name, content in told.items():
        (folder / f"{name}.json").write_text(json.dumps(content))
    files = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.glob("[!f]*.json")}
    (folder / "facts.json").write_text(json.dumps({"files": files}))


def said(public: Client, page: str) -> str:
    main = BeautifulSoup(public.get(f"/openbaar/{page}".rstrip("/")).content, "html.parser").find("main")
    assert main is not None
    return " ".join(main.get_text(" ").split())


def test_no_page_says_that_nothing_stands_still_from_a_text_of_before(public: Client, explained: Path) -> None:
    for page in ("zo-werkt-het", "algoritme"):
        assert FROZEN not in said(public, page)
    assert "Hoe staat het er nu voor?" not in said(public, "zo-werkt-het")
    assert "Mensen beslissen." in said(public, "algoritme")


def test_the_trial_is_called_a_trial_and_names_its_weeks(public: Client, explained: Path) -> None:
    text = said(public, "algoritme")
    assert "Vooraf beproefd op eerdere weken; niet in gebruik gemeten" in text
    assert "de 12 weken tot en met week 30 van 2026" in text
    assert "Gemeten in gebruik" not in text and "Hoe vaak klopte het?" not in text


def test_what_was_measured_in_use_is_not_called_a_trial(public: Client, explained: Path) -> None:
    put(explained, explanation=EXPLANATION | MEASURED)
    text = said(public, "algoritme")
    assert "Gemeten in gebruik De gemeente keek terug" in text and "395" in text
    assert "12 van de 13 hele weken van het tweede kwartaal van 2026" in text
    assert "proef" not in text and "niet in gebruik" not in text


def test_of_what_does_not_say_its_kind_no_kind_is_claimed(public: Client, explained: Path) -> None:
    older = {name: told for name, told in (EXPLANATION | MEASURED).items() if name != "record_kind"}
    put(explained, explanation=older | {"record_note": ""})
    text = said(public, "algoritme")
    assert "Hoe vaak klopte het?" in text and "proef" not in text and "Gemeten in gebruik" not in text


@pytest.mark.parametrize("stage", ["publish", "learn"])
def test_the_figures_of_the_register_stand_still_with_the_others(public: Client, explained: Path, stage: str) -> None:
    put(explained, explanation=EXPLANATION | MEASURED)
    assert "250" in said(public, "algoritme")
    assert public.get("/openbaar/algoritme/register.json").status_code == 200
    (explained / "pauses.json").write_text(json.dumps([PAUSE | {"name": stage}]))
    text = said(public, "algoritme")
    assert "250" not in text and "Dit staat stil." in text and "Mensen beslissen." in text
    assert public.get("/openbaar/algoritme/register.json").status_code == 503


NOTICE = {
    "controller": "de burgemeester van Stipdam", "controller_contact": "veiligheid@stipdam.example",
    "privacy_officer_contact": "fg@stipdam.example", "purposes": ["De uren verdelen."],
    "basis": "Gemeentewet, artikel 172.", "retention": ["Meldingen: 60 maanden na het voorval."],
    "recipients": ["Medewerkers met een rol."],
}  # fmt: skip


def test_the_privacy_page_tells_what_a_notice_must_tell(public: Client, explained: Path) -> None:
    put(explained, explanation=EXPLANATION | NOTICE)
    text = said(public, "privacy")
    for value in NOTICE.values():
        assert (value if isinstance(value, str) else value[0]) in text
    assert UNSAID not in text
    for right in ("verbeteren of te wissen", "even niet te gebruiken", "binnen zes weken", "2509 AJ Den Haag"):
        assert right in text


def test_the_privacy_page_names_every_agreed_source(public: Client, explained: Path) -> None:
    assert "wat voor eigenaar een woning of perceel heeft" in said(public, "privacy")
    line = "Eigendom per perceel. Wat: kaartlaag van de omgeving. Waarvoor: stippenkaart."
    part = {"id": "gegevens", "title": "Welke?", "paragraphs": [], "points": [line], "figures": []}
    told = EXPLANATION | NOTICE | {"how": [*EXPLANATION["how"], part]}
    put(explained, explanation=told)
    assert line in said(public, "privacy")


def test_the_first_page_promises_no_measured_weeks_before_they_are_there(
    public: Client, explained: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Er is nog geen kwartaal nagemeten." in said(public, "")
    monkeypatch.setattr(texts, "record", lambda: ({"all": None}, {"all": {"label": "alles"}}))
    text = said(public, "")
    assert "nog geen kwartaal nagemeten" not in text and "Ook als het slecht ging." in text


def test_a_notice_that_is_not_out_is_said_to_be_missing(public: Client, explained: Path) -> None:
    assert said(public, "privacy").lower().count(UNSAID) == len(NOTICE)


def test_the_list_of_the_police_is_told_to_wait_for_a_day(public: Client, published: Path) -> None:
    for page, words in (("zo-werkt-het", "24 uur"), ("privacy", "24 uur"), ("en", "24 hours")):
        assert words in said(public, page)
    assert "Wat komt er nooit in?" not in said(public, "privacy")


def test_a_figure_of_what_police_look_for_says_where_was_looked(public: Client, full: Path) -> None:
    code = published_areas(full)["area_code"].iloc[3]
    known = {file: json.loads(file.read_text()) for file in full.glob("figures/*/facts.json")}
    types = next(iter(known.values()))["labels"]
    first = next(iter(types))
    for reporting, words in (
        (None, SEARCHED),  # from before it was written down
        (dict.fromkeys(types, "breng") | {first: "haal"}, f"{types[first]}: dit vindt de politie vooral"),
        (dict.fromkeys(types, "breng"), ""),
    ):
        for file, facts in known.items():
            plain = {name: value for name, value in facts.items() if name != "reporting"}
            file.write_text(json.dumps(plain | ({} if reporting is None else {"reporting": reporting})))
        for page in (f"mijn-buurt?buurt={code}", "cijfers"):
            text = said(public, page)
            assert words in text
            assert ("waar is gezocht" in text) is bool(words)


def test_accessibility_claims_no_status_that_nobody_gave(public: Client, published: Path) -> None:
    text = said(public, "toegankelijkheid")
    for words in ("nog niet onderzocht door een onafhankelijke partij", "EN 301 549", "14 dagen", "ombudsman"):
        assert words in text
