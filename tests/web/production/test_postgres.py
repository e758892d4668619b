# SPDX-License-Identifier: EUPL-1.2
"""The tests start a PostgreSQL of their own, and leave nothing of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

import postgres

SCRIPT = Path(postgres.__file__)
SAY = "import os; print(os.environ['DATABASE_URL'])"

needs_postgres = pytest.mark.skipif(postgres.find_binaries() is None, reason=postgres.ABSENT)


@needs_postgres
def test_a_cluster_answers_on_its_socket_only_and_goes(tmp_path: Path) -> None:
    binaries = postgres.find_binaries()
    assert binaries is not None
    with postgres.cluster(binaries) as url:
        folder = Path(unquote(urlsplit(url).netloc.removeprefix("stip@")))
        with psycopg.connect(host=str(folder), user="stip", dbname="stip") as connection:
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
            assert connection.execute("SHOW fsync").fetchone() == ("off",)
    assert not folder.exists()


@needs_postgres
def test_a_command_gets_the_url_and_its_exit_code_counts() -> None:
    said = subprocess.run([sys.executable, SCRIPT, "python", "-c", SAY], capture_output=True, text=True)
    assert said.returncode == 0
    assert said.stdout.startswith("postgresql://stip@%2F")
    failing = subprocess.run([sys.executable, SCRIPT, "python", "-c", "raise SystemExit(3)"])
    assert failing.returncode == 3


def test_without_postgresql_a_sentence_says_how(monkeypatch: pytest.MonkeyPatch, capsys: object) -> None:
    monkeypatch.setattr(postgres, "find_binaries", lambda: None)
    assert postgres.main(["pytest"]) == 1
    assert "apt-get install postgresql" in capsys.readouterr().err  # type: ignore[attr-defined]


def test_what_is_missing_is_named_with_one_command(tmp_path: Path) -> None:
    """Without root and without a browser on the path, one sentence says the command."""
    (tmp_path / "python").symlink_to(sys.executable)
    tool = SCRIPT.parents[1] / "tools" / "system_needs.py"
    code = f"import os; os.geteuid = lambda: 1000; import runpy; runpy.run_path({str(tool)!r}, run_name='__main__')"
    said = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | {"PATH": str(tmp_path)}, capture_output=True, text=True
    )
    assert said.returncode == 1
    assert "sudo apt-get install" in said.stderr
    assert "chromium" in said.stderr
