# SPDX-License-Identifier: EUPL-1.2
"""What Typer says by itself is Dutch too: help of every command, and what is wrong with a command line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from stip.cli import main
from stip.cli.dutch import DutchContext, fault_in_dutch
from stip.cli.nouns import NOUNS, command_of

ENGLISH = ("Usage", "Options", "Arguments", "Commands", "Show this", "default:", "required", "TEXT", "<str", "<int")


def commands(command: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield path, command
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(below, (*path, name))


@pytest.mark.parametrize("noun", NOUNS)
def test_the_help_of_every_command_is_dutch(noun: str) -> None:
    for path, command in commands(command_of(noun), (noun,)):
        told = command.get_help(DutchContext(command, info_name=" ".join(path)))
        assert told.startswith("Gebruik: "), path
        assert "Toon deze uitleg en stop." in told
        assert [word for word in ENGLISH if word in told] == [], path


def said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    monkeypatch.setattr(sys, "argv", ["stip", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0), " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("plan", "mak"), "Dit kan niet: De opdracht ‘mak’ ken ik niet. Bedoelt u"),
        (("intake", "file"), "Dit kan niet: Er ontbreekt iets: path."),
        (("intake", "undo", "b1"), "Dit kan niet: De optie --reason ontbreekt."),
        (("plan", "make", "--hour", "3"), "De optie --hour ken ik niet. Bedoelt u"),
        (("plan", "make", "--hours", "veel"), "Bij '--hours': dit is geen getal."),
        (("outlook", "backtest", "--weeks", "0"), "Bij '--weeks': kies een getal van 1 of hoger."),
        (("plan", "make", "--hours"), "Achter --hours hoort een waarde."),
        (("doctor", "x"), "Dit is te veel: x"),
        (("plan", "export"), "Noem --csv BESTAND, --geojson BESTAND of allebei."),
    ],
)
def test_a_wrong_command_line_is_told_in_dutch(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], sentence: str
) -> None:
    code, told = said(monkeypatch, capsys, *words)
    assert code == 2
    assert sentence in told
    assert "--help" in told
    assert [word for word in (*ENGLISH, "Missing", "Invalid", "Input") if word in told] == []


def test_a_bare_noun_shows_its_help(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = said(monkeypatch, capsys, "plan")
    assert code == 2
    assert told.startswith("Gebruik: ")


def test_a_sentence_of_our_own_stays_as_it_is() -> None:
    assert fault_in_dutch("Invalid value: Noem de week.") == "Noem de week."
    assert fault_in_dutch("Iets anders.") == "Iets anders."
    assert issubclass(DutchContext, typer.Context)


def test_a_file_that_may_not_be_read_is_told_in_dutch() -> None:
    told = fault_in_dutch("Invalid value for 'PATH': Path 'week.csv' is not readable.")
    assert told == "Bij 'PATH': ‘week.csv’ mag niet worden gelezen. Vraag de beheerder om toegang."
