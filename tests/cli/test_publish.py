# SPDX-License-Identifier: EUPL-1.2
"""``stip publish``, from a proposal to what is public."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

AT = ("--at", "2026-09-07T10:00")


def test_it_proposes_approves_and_shows(sample_demo: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_demo, tmp_path / "demo")
    settings = os.environ | {"STIP_KEYS": str(tmp_path / "demo" / "sleutels")}

    def stip(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "stip.cli", "publish", *words, "-w", str(tmp_path / "demo" / "werkmap")]
        return subprocess.run(command, capture_output=True, text=True, env=settings, check=False)

    listed = json.loads(stip("list", *AT, "--json").stdout)
    assert listed["held"] == {}
    quarter = listed["open"][-1]
    assert "veelvoud van 5" in " ".join(stip("propose", quarter, *AT).stdout.split())
    role = ("--role", "fg")
    later = (("propose", quarter), ("approve", quarter, *role, "--reason", "x"), ("issue", quarter, "x", *role))
    for words in (*later, ("places",)):
        still = stip(*words, "--at", "2099-03-01")
        assert (still.returncode, "moet nog komen" in " ".join(still.stderr.split())) == (1, True), words
    refused = stip("approve", quarter, "--role", "analist", "--reason", "Gezien.", *AT)
    assert refused.returncode == 1
    assert "mag dit niet goedkeuren" in " ".join(refused.stderr.split())
    assert stip("approve", quarter, "--role", "fg", "--reason", "Gezien.", *AT).returncode == 0
    shown = json.loads(stip("show", "--json").stdout)
    assert {row["quarter"] for row in shown} == {quarter}
    assert json.loads(stip("list", *AT, "--json").stdout)["published"] == [quarter]
    agreement = tmp_path / "demo" / "werkmap" / "agreements" / "bvh.toml"
    text = agreement.read_text(encoding="utf-8")
    agreement.write_text(text.replace(', "openbaarmaking"]', "]"), encoding="utf-8")
    listed = json.loads(stip("list", *AT, "--json").stdout)
    assert listed["open"] == [] and "Geen enkele bron" in next(iter(listed["held"].values()))
    assert "blijft binnen. Geen enkele bron" in " ".join(stip("list", *AT).stdout.split())


def test_the_register_from_the_card_to_what_is_public(sample_demo: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_demo, tmp_path / "demo")
    town = tmp_path / "demo" / "werkmap"
    settings = os.environ | {"STIP_KEYS": str(tmp_path / "demo" / "sleutels")}

    def stip(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "stip.cli", "publish", "register", *words, "-w", str(town), *AT]
        return subprocess.run(command, capture_output=True, text=True, env=settings, check=False)

    looked = json.loads(stip("--dry-run", "--json").stdout)
    assert looked["entry"]["standard_version"] == "1.0" and looked["written"] == []
    assert not (town / "output" / "register").exists()
    facts = json.loads(stip("--facts", "--json").stdout)
    assert {"bewaartermijn", "loting"} <= {fact["name"] for fact in facts}
    assert stip("--role", "fg").returncode == 1
    made = json.loads(stip("--json").stdout)
    assert "output/register/dpia.odt" in made["written"] and not made["published"]
    assert "Openbaar:" in stip("--role", "fg", "--reason", "Gezien.").stdout
    assert (
        json.loads((town / "published" / "register" / "register.json").read_text(encoding="utf-8"))["lang"] == "nld"
    )
    (town / "card.toml").unlink()
    assert "staat klaar" in stip().stdout
    again = stip()
    assert again.returncode == 1 and "nog niet ingevuld" in " ".join(again.stderr.split())
