# SPDX-License-Identifier: EUPL-1.2
"""``stip agreements may``: by flags, for programs, and asked one by one."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from stip.agreements.load import read_agreement
from stip.cli.agreements import app
from stip.errors import AgreementError

PERSONS = ("--answer", "begin=gebruik", "--answer", "gebruik=personen")
LAYER = ("--answer", "begin=bron", "--answer", "bron=laag", "--answer", "laag=dingen")
ASK = ("--answer", "begin=bron", "--answer", "bron=laag", "--answer", "laag=woningen")


def stip(*words: str, typed: str = "") -> Result:
    result = CliRunner().invoke(app, ["may", *words], input=typed, env={"COLUMNS": "118"})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_an_outcome_by_flags_names_article_and_who_decides() -> None:
    said = stip(*PERSONS).stdout
    assert said.startswith("MAG NIET")
    assert "artikel 5, eerste lid, onder d" in said
    assert "Wie beslist" in said
    assert "geen juridisch advies" in said


def test_a_program_gets_the_next_question_and_then_the_outcome() -> None:
    asked = json.loads(stip("--json", "--answer", "begin=bron").stdout)
    assert asked["question"] == "bron"
    assert {"id": "herkomst", "text": "Herkomst, nationaliteit, afkomst of geloof"} in asked["answers"]
    found = json.loads(stip("--json", *PERSONS).stdout)
    assert (found["verdict"], found["draft"], found["written"]) == ("may_not", False, "")


def test_the_draft_is_written_once_and_fits(tmp_path: Path) -> None:
    path = tmp_path / "nieuwe_laag.toml"
    assert "geldt nog op geen enkele dag" in stip(*LAYER, "--draft", str(path)).stdout
    assert read_agreement(path).kind == "layer"
    with pytest.raises(AgreementError, match="bestaat al"):
        stip(*LAYER, "--draft", str(path))
    with pytest.raises(AgreementError, match="geen afspraak"):
        stip(*PERSONS, "--draft", str(tmp_path / "niet.toml"))


def test_an_outcome_to_ask_about_says_that_the_draft_is_a_proposal(tmp_path: Path) -> None:
    said = stip(*ASK, "--draft", str(tmp_path / "nieuwe_laag.toml")).stdout
    assert said.startswith("VRAAG HET NA")
    assert "nog geen ja gezegd" in said
    assert "nog niet nagekeken door een jurist" in said
    assert "nog geen ja gezegd" not in stip(*LAYER).stdout
    assert "--draft BESTAND" in stip(*ASK).stdout


def test_questions_are_asked_one_by_one_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    from stip.cli import agreements_may

    class Terminal:
        @staticmethod
        def isatty() -> bool:
            return True

    monkeypatch.setattr(agreements_may, "sys", type("Sys", (), {"stdin": Terminal, "stdout": sys.stdout}))
    said = stip(typed="2\n9\n1\n").output
    assert "Kies een nummer van 1" in said
    assert "MAG NIET" in said


def test_what_is_no_answer_is_refused() -> None:
    with pytest.raises(AgreementError, match="vraag=antwoord"):
        stip("--answer", "begin")
    assert "--answer begin=bron" in stip().stdout


def test_an_answer_to_what_was_not_asked_is_refused() -> None:
    with pytest.raises(AgreementError, match="niet gevraagd. Nu wordt gevraagd: begin"):
        stip("--answer", "bron=politie")
    with pytest.raises(AgreementError, match="Er is al een uitkomst"):
        stip(*PERSONS, "--answer", "bron=politie")
