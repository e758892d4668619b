# SPDX-License-Identifier: EUPL-1.2
"""The week of the README is typed as it stands there, in the sample town."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from stip.cli.app import app
from stip.samples import make_town
from stip.samples.layers import TOWN_CODE
from stip.settings import Measure, write_toml
from stip.store import Workspace, write_text

ROOT = Path(__file__).resolve().parents[2]
LINES = re.search(
    r"## A week with your own file\n+```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL
)


def commands() -> list[list[str]]:
    assert LINES is not None
    return [shlex.split(line, comments=True) for line in LINES[1].splitlines()]


def _say_what_for(workspace: Workspace) -> None:
    measure = Measure(kind="hits_share_beats_baseline", threshold=0.01, from_week="2026-W36")
    said = {"goal": "Minder inbraken.", "success": "Een tiende minder.", "measure": measure}
    learn = workspace.settings.learn.model_copy(update=said)
    write_text(workspace.root / "stip.toml", write_toml(workspace.settings.model_copy(update={"learn": learn})))


@pytest.mark.slow
def test_every_command_of_the_readme_works_in_its_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STIP_KEYS", str(tmp_path / "keys"))
    monkeypatch.chdir(tmp_path)
    town = make_town(tmp_path / "bron", size="small")
    asked = {
        "buurten.gpkg": town.areas,
        "verblijfsobjecten.gpkg": town.folder / "verblijfsobjecten.gpkg",
        "meldingen.csv": town.history,
    }
    ran = 0
    for words in commands():
        if words[0] == "cd":
            monkeypatch.chdir(words[1])
            for name, file in asked.items():
                shutil.copy(file, name)
            _say_what_for(Workspace.open(Path()))
            continue
        assert words[0] == "stip"
        own = [TOWN_CODE if word == "GM0344" else word for word in words[1:]]  # neighbourhoods of the sample town
        answer = CliRunner().invoke(app, own, catch_exceptions=False)
        assert answer.exit_code == 0, (words, answer.output)
        ran += 1
    assert ran >= 12
    assert list(Path("output").glob("*/kaart.html"))
