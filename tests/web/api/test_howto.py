# SPDX-License-Identifier: EUPL-1.2
"""Every command of docs/how-to/use-the-api.md is typed as it stands there, at a server that runs."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stip_web.api.throttle import RATE

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "how-to" / "use-the-api.md").read_text(encoding="utf-8")
BLOCKS = [block for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) if "export " not in block]

pytestmark = [
    pytest.mark.skipif(not (shutil.which("curl") and shutil.which("jq")), reason="curl and jq are not installed"),
    pytest.mark.usefixtures("many_questions"),
]


def bodies(text: str) -> list[Any]:
    """Read the answers that stand one after the other."""
    found, rest = [], text.strip()
    while rest:
        body, end = json.JSONDecoder().raw_decode(rest)
        found.append(body)
        rest = rest[end:].strip()
    return found


@pytest.fixture
def asked(
    socket_enabled: None, live_server: Any, token_of: Callable[..., str], tmp_path: Path
) -> Callable[[str], str]:
    """Give a shell in which the two variables of the page are set; gives what a script printed."""
    shell = shutil.which("bash") or "bash"
    variables = os.environ | {"STIP_URL": live_server.url, "STIP_TOKEN": token_of("analyst")}

    def run(script: str) -> str:
        done = subprocess.run(
            [shell, "-euo", "pipefail", "-c", script],
            env=variables, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        assert done.returncode == 0, (script, done.stdout[-2000:], done.stderr[-2000:])
        return done.stdout

    return run


@pytest.mark.slow
def test_every_command_of_the_page_works(asked: Callable[[str], str], tmp_path: Path, program: Any) -> None:
    printed = {block: asked(block) for block in BLOCKS}
    assert len(printed) >= 6
    for block, text in printed.items():
        assert all(bodies(text)), block
    walked = (tmp_path / "incidents.ndjson").read_text(encoding="utf-8").splitlines()
    assert len(walked) == program("analyst").json("/incidents", {"from": "2026-06-01"})["numberMatched"] > 300


@pytest.mark.slow
def test_the_problem_on_the_page_is_the_one_that_comes(asked: Callable[[str], str]) -> None:
    (block,) = (each for each in BLOCKS if "limit=many" in each)
    (shown,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    expected, came = json.loads(shown), json.loads(asked(block))
    begin = expected["errors"][1].pop("detail").removesuffix("…")
    assert came["errors"][1].pop("detail").startswith(begin)
    assert came == expected


def test_the_page_says_how_much_one_may_ask() -> None:
    assert f"more than {RATE.partition('/')[0]} questions a minute" in PAGE


def test_the_page_tells_every_key_of_the_filter(program: Any) -> None:
    (fault,) = program("analyst").get("/incidents/counts", {"groupBy": "type", "x": "1"}).json()["errors"]
    keys = set(fault["detail"].partition("Wel: ")[2].rstrip(".").split(", "))
    table = PAGE.partition("| key |")[2].partition("\n\n")[0]
    first_cells = "\n".join(row.split("|")[1] for row in table.splitlines()[2:])
    assert keys == {"groupBy", *re.findall(r"`(\w+)`", first_cells)}
