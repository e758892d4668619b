# SPDX-License-Identifier: EUPL-1.2
"""The command as a stranger meets it: run as a process, its words and exit codes read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from stip.cli import app as app_module
from stip.cli.nouns import NOUNS, command_of


def run(*words: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "stip.cli", *words],
        cwd=cwd,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "118", "STIP_KEYS": str(cwd / "keys"), **env},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def leaves(command: Any, path: tuple[str, ...]) -> list[tuple[tuple[str, ...], Any]]:
    below = getattr(command, "commands", {})
    own = [(path, command)] if not below or command.invoke_without_command else []
    return own + [leaf for name, child in below.items() for leaf in leaves(child, (*path, name))]


ALL = [leaf for noun in NOUNS for leaf in leaves(command_of(noun), (noun,))]


@pytest.mark.parametrize(("path", "command"), ALL, ids=[" ".join(path) for path, _ in ALL])
def test_every_command_answers_in_json_too(path: tuple[str, ...], command: Any) -> None:
    options = {option for parameter in command.params for option in parameter.opts}
    assert "--json" in options or path == ("init",)


@pytest.mark.parametrize("noun", NOUNS)
def test_help_says_the_same_at_the_top_and_below(noun: str) -> None:
    assert command_of(noun).help.startswith(NOUNS[noun])


def test_help_names_the_week_in_order(tmp_path: Path) -> None:
    answer = run("--help", cwd=tmp_path)
    assert answer.returncode == 0
    found = [line.split()[0] for line in answer.stdout.splitlines() if line.split() and line.split()[0] in NOUNS]
    assert found == list(NOUNS)


def test_version(tmp_path: Path) -> None:
    answer = run("--version", cwd=tmp_path)
    assert (answer.returncode, answer.stdout) == (0, "stip 0.1.0\n")


def test_outside_a_workspace_it_says_what_to_do(tmp_path: Path) -> None:
    answer = run("doctor", cwd=tmp_path)
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert "stip init" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_mistyped_command_is_usage(tmp_path: Path) -> None:
    assert run("vooruitblik", cwd=tmp_path).returncode == 2


def test_no_message_steers_the_terminal(tmp_path: Path) -> None:
    answer = run("doctor", "-w", "a\x1b[2J", cwd=tmp_path)
    assert answer.returncode == 1
    assert "a?[2J is geen werkmap" in answer.stderr
    assert "\x1b" not in answer.stderr


def test_init_makes_a_workspace_that_is_whole(tmp_path: Path) -> None:
    made = run("init", "utrecht", "--name", "Utrecht", "--code", "GM0344", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "utrecht" / "stip.toml").is_file()
    assert (tmp_path / "utrecht" / "agreements" / "bvh.toml").is_file()
    assert len(list((tmp_path / "keys").glob("*.openbaar"))) == 1  # no page that reads may draw it
    looked = run("doctor", "--workspace", "utrecht", "--json", cwd=tmp_path)
    assert (tmp_path / "utrecht" / "published" / "pauses.json").read_text(encoding="utf-8") == "[]"
    assert looked.returncode == 0, looked.stdout
    assert all(finding["good"] for finding in json.loads(looked.stdout))


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "utrecht").mkdir()
    (tmp_path / "utrecht" / "brief.txt").write_text("van mij", encoding="utf-8")
    answer = run("init", "utrecht", cwd=tmp_path)
    assert answer.returncode == 1
    assert sorted(path.name for path in (tmp_path / "utrecht").iterdir()) == ["brief.txt"]


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    run("init", "utrecht", cwd=tmp_path)
    file = tmp_path / "utrecht" / "stip.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("hours = 96.0", 'hours = "veel"'), encoding="utf-8")
    answer = run("doctor", "-w", "utrecht", cwd=tmp_path)
    assert answer.returncode == 1
    assert "plan.hours" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_fault_of_our_own_shows_no_value(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(**_: object) -> None:
        raise ValueError("Jansen 123456782")

    monkeypatch.delenv("STIP_TRACEBACK", raising=False)
    monkeypatch.setattr(app_module, "app", fail)
    with pytest.raises(SystemExit) as ended:
        app_module.main()
    said = capsys.readouterr()
    assert ended.value.code == 1
    assert "ValueError in cli/app.py" in " ".join(said.err.split())
    assert "Jansen" not in said.out + said.err


def shell(line: str, *, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m stip.cli {line}'],
        cwd=cwd,
        env={**os.environ, "NO_COLOR": "1", **env},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_an_answer_that_nobody_takes_is_no_fault_of_stip(tmp_path: Path) -> None:
    run("init", "utrecht", cwd=tmp_path)
    closed = shell("intake batches -w utrecht >&-", cwd=tmp_path)
    assert (closed.returncode, closed.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_an_answer_that_does_not_fit_on_the_disk_is_told(tmp_path: Path) -> None:
    run("init", "utrecht", cwd=tmp_path)
    full = shell("intake batches -w utrecht >/dev/full", cwd=tmp_path)
    told = "Dit kan niet: de schijf is vol. Maak ruimte en probeer het opnieuw.\n"
    assert (full.returncode, full.stderr) == (1, told)


def test_a_terminal_without_accents_gets_the_whole_answer(tmp_path: Path) -> None:
    run("init", "utrecht", cwd=tmp_path)
    listed = run("agreements", "check", "-w", "utrecht", cwd=tmp_path, PYTHONIOENCODING="ascii")
    assert ("UnicodeEncodeError" in listed.stderr, "?" in listed.stdout) == (False, True)
    as_json = run("agreements", "check", "-w", "utrecht", "--json", cwd=tmp_path, PYTHONIOENCODING="ascii")
    assert "‘Voorstel’" in json.dumps(json.loads(as_json.stdout), ensure_ascii=False)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("utrecht", "--crs", "EPSG:4326"), "bij crs: coördinatenstelsel ‘EPSG:4326’ telt niet in meters"),
        (("x" * 300,), "is hier niet te maken. Kies een kortere naam, of een plek waar u mag schrijven."),
        (("/proc/x",), "is hier niet te maken. Kies een kortere naam, of een plek waar u mag schrijven."),
    ],
)
def test_init_says_what_cannot_be(tmp_path: Path, words: tuple[str, ...], sentence: str) -> None:
    answer = run("init", *words, cwd=tmp_path)
    assert (answer.returncode, list(tmp_path.iterdir())) == (1, [])
    assert answer.stderr.startswith("Dit kan niet: ")
    assert sentence in answer.stderr


@pytest.mark.parametrize("facts", ['{"batch_id": 5}', '{"batch_id": "b1"}', '{"batch_id": "b1", "received_at": 5}'])
def test_a_damaged_delivery_is_named(tmp_path: Path, facts: str) -> None:
    run("init", "utrecht", cwd=tmp_path)
    folder = tmp_path / "utrecht" / "data" / "incidents" / "b1"
    folder.mkdir(parents=True)
    (folder / "batch.json").write_text(facts)
    answer = run("intake", "batches", "-w", "utrecht", cwd=tmp_path)
    assert answer.returncode == 1
    for word in ("Dit kan niet: ", "b1", "batch.json", "‘stip doctor’"):
        assert word in answer.stderr


@pytest.mark.parametrize(
    ("was", "becomes", "sentence"),
    [
        ("retention_months = ", "retention_months = -", "retention_months"),
        ('source = "bvh"', 'source = "../x"', "source"),
    ],
)
def test_the_doctor_names_an_agreement_that_is_wrong(tmp_path: Path, was: str, becomes: str, sentence: str) -> None:
    run("init", "utrecht", cwd=tmp_path)
    file = tmp_path / "utrecht" / "agreements" / "bvh.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(was, becomes), encoding="utf-8")
    answer = run("doctor", "-w", "utrecht", cwd=tmp_path)
    assert answer.returncode == 1
    assert "FOUT  Afspraak bvh: agreements/bvh.toml" in answer.stdout
    assert sentence in answer.stdout
