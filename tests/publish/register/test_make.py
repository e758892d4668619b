# SPDX-License-Identifier: EUPL-1.2
"""From one card to four children: what changes with a setting, and what may go out."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from publish.register.known_town import AT
from stip.agreements import record_pause
from stip.errors import AgreementError, SettingsError, WorkspaceError
from stip.publish.register import (
    Register,
    file_of,
    let_out,
    make_register,
    published_explanation,
    published_model_card,
    published_register,
    published_register_facts,
    published_register_file,
    write_drafts,
)
from stip.publish.register.record import HELD
from stip.store import Workspace, read_decisions

WHY = "Nagelezen met de jurist."


def children(register: Register) -> dict[str, str]:
    """Return the text of the four children."""
    files = register.files
    return {
        "register": files["register.json"] + files["register.csv"],
        "model card": files["model_card.json"],
        "explanation": files["explanation.json"],
    } | {document.name: file_of(document, "html").decode() for document in register.documents}


def in_file(path: Path, pattern: str, new: str) -> None:
    text, count = re.subn(pattern, new, path.read_text(encoding="utf-8"))
    assert count == 1, (path.name, pattern)
    path.write_text(text, encoding="utf-8")


CHANGES = {
    "retention": ("agreements/bvh.toml", r"retention_months = \d+", "retention_months = 19", "19 maanden"),
    "crime type": ("stip.toml", 'label = "Fietsdiefstal"', 'label = "Rijwieldiefstal"', "ijwieldiefstal"),
    "random share": ("stip.toml", r"random_share = 0\.2", "random_share = 0.35", "35 %"),
    "baseline": ("stip.toml", 'baseline = "last_52_weeks"', 'baseline = "long_run"', "alle meldingen tot nu toe"),
}
"""File, what is written there, what is put in its place, and what must then be seen."""


@pytest.mark.parametrize("change", list(CHANGES))
def test_a_setting_that_changes_changes_all_four(town: Workspace, change: str) -> None:
    file, old, new, shows = CHANGES[change]
    before = children(make_register(town, at=AT))
    in_file(town.root / file, old, new)
    after = children(make_register(Workspace.open(town.root), at=AT))
    assert {name for name, text in before.items() if shows in text} == set()
    assert {name for name, text in after.items() if shows not in text} == set()


def test_a_pause_stands_in_no_text_that_lies_still(town: Workspace) -> None:
    before = make_register(town, at=AT).files
    assert "auze" not in before["register.json"]
    record_pause(town, "outlook", paused=True, reason="Wij kijken een fout na.", role="fg", at=AT)
    record_pause(town, "source:bag", paused=True, reason="Wij kijken een fout na.", role="fg", at=AT)
    told = children(make_register(town, at=AT))
    assert [name for name, text in told.items() if "een fout na" in text] == [], "a reason is the words of a person"
    assert [name for name, text in told.items() if "staat op pauze sinds" in text] == ["dpia"]
    assert "door de rol functionaris gegevensbescherming" in told["dpia"]
    for name, text in make_register(town, at=AT).files.items():
        text = text.replace(HELD, "")  # why there are no figures in it: true of the moment it was made
        assert "auze" not in text and "paused" not in text, name


def test_the_record_says_that_it_was_tried_beforehand(town: Workspace) -> None:
    told = children(make_register(town, at=AT))
    for name in ("dpia", "iama"):
        assert "niet in gebruik gemeten" in told[name] and "12 weken tot en met" in told[name]


def test_no_text_says_that_addresses_never_come_in(town: Workspace) -> None:
    told = children(make_register(town, at=AT))
    for name, text in told.items():
        assert "komen niet in het systeem" not in text and "voordat er iets wordt bewaard" not in text, name
    assert [name for name in ("register", "explanation", "dpia") if "24 uur versleuteld" not in told[name]] == []


def test_layers_are_kept_as_long_everywhere(town: Workspace) -> None:
    told = children(make_register(town, at=AT))
    assert "120 maanden" in told["dpia"] and "120 maanden" in told["model card"]
    assert "zolang de laag in gebruik is" not in told["dpia"] + told["iama"]


def test_no_true_count_goes_out_but_the_desk_sees_it(town: Workspace) -> None:
    register = make_register(town, at=AT)
    for text in register.files.values():
        for count in ("247", "243", "393", "303", "1113", "38f59779"):
            assert not re.search(rf"(?<![0-9a-f]){count}(?![0-9a-f])", text)  # a hash may hold any of them
    assert "247 van de 393" in file_of(register.documents[0], "html").decode()


def test_drafts_go_to_output_and_only_what_may_is_let_out(town: Workspace) -> None:
    register = make_register(town, at=AT)
    written = write_drafts(town, register)
    assert {path.name for path in written} >= {"dpia.odt", "dpia.docx", "dpia.html", "iama.odt", "register.json"}
    assert published_register(town.root / "published") is None
    folder = let_out(town, register, role="fg", reason=WHY, at=AT)
    assert {path.name for path in folder.iterdir()} == {
        "register.json", "register.csv", "model_card.json", "explanation.json", "facts.json",
    }  # fmt: skip
    out = town.root / "published"
    entry, card, told, facts = (
        read(out)
        for read in (published_register, published_model_card, published_explanation, published_register_facts)
    )
    assert entry and card and told and facts
    assert entry["status"] == "In gebruik" and told["town"] == "Stipdam" and card["record"] == told["record"]
    assert facts["files"]["register.json"] == hashlib.sha256((folder / "register.json").read_bytes()).hexdigest()
    assert facts["runs"] == [told["record"][0]["run"]]
    assert read_decisions(town, "approval")[["what", "role"]].to_dict("records") == [
        {"what": "register", "role": "fg"}
    ]


def out_of(town: Workspace) -> dict[str, bytes]:
    """Return each file of the register that a public process would hand out."""
    names = ("register.json", "register.csv", "model_card.json", "explanation.json")
    found = {name: published_register_file(town.root / "published", name) for name in names}
    return {name: content for name, content in found.items() if content is not None}


@pytest.mark.parametrize("moves", range(8))
def test_a_kill_at_any_moment_puts_out_the_old_or_the_new_or_nothing(
    town: Workspace, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    old = make_register(town, at=AT)
    let_out(town, old, role="fg", reason=WHY, at=AT)
    in_file(town.root / "stip.toml", r"random_share = 0\.2", "random_share = 0.35")
    new = make_register(Workspace.open(town.root), at=AT)
    left = [moves]

    class Killed(BaseException):
        pass

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def moved(*args: Any, **more: Any) -> Any:
            if not left[0]:
                raise Killed
            left[0] -= 1
            return real(*args, **more)

        return moved

    with monkeypatch.context() as patch, contextlib.suppress(Killed):
        for name in ("write_text", "rename", "replace"):
            patch.setattr(Path, name, counted(getattr(Path, name)))
        patch.setattr(shutil, "rmtree", lambda *_, **__: None)  # a killed process sweeps nothing
        let_out(town, new, role="fg", reason=WHY, at=AT)
    approved = len(read_decisions(town, "approval"))
    whole = [{name: text.encode() for name, text in each.files.items()} for each in (old, new)]
    assert out_of(town) in (*whole, {})
    assert out_of(town) != whole[1] or approved == 2


@pytest.mark.parametrize("file", range(5))
def test_a_full_disk_changes_nothing(town: Workspace, monkeypatch: pytest.MonkeyPatch, file: int) -> None:
    let_out(town, make_register(town, at=AT), role="fg", reason=WHY, at=AT)
    before = out_of(town)
    in_file(town.root / "stip.toml", r"random_share = 0\.2", "random_share = 0.35")
    new = make_register(Workspace.open(town.root), at=AT)
    real, left = Path.write_text, [file]

    def full(path: Path, *args: Any, **more: Any) -> int:
        if not left[0]:
            raise OSError(errno.ENOSPC, "full")
        left[0] -= 1
        return real(path, *args, **more)

    with monkeypatch.context() as patch, pytest.raises(WorkspaceError, match="niets half veranderd"):
        patch.setattr(Path, "write_text", full)
        let_out(town, new, role="fg", reason=WHY, at=AT)
    assert out_of(town) == before and len(before) == 4
    assert len(read_decisions(town, "approval")) == 1


def test_what_is_not_what_was_approved_is_not_shown(town: Workspace) -> None:
    folder = let_out(town, make_register(town, at=AT), role="fg", reason=WHY, at=AT)
    told = folder / "explanation.json"
    told.write_text(told.read_text(encoding="utf-8").replace("Stipdam", "Elders"), encoding="utf-8")
    assert "explanation.json" not in out_of(town) and len(out_of(town)) == 3
    with pytest.raises(WorkspaceError, match="niet wat is goedgekeurd"):
        published_explanation(town.root / "published")
    (folder / "facts.json").unlink()
    assert out_of(town) == {}
    let_out(town, make_register(town, at=AT), role="fg", reason=WHY, at=AT)
    assert len(out_of(town)) == 4


def test_who_may_not_lets_nothing_out(town: Workspace) -> None:
    register = make_register(town, at=AT)
    with pytest.raises(AgreementError, match="mag dit niet goedkeuren"):
        let_out(town, register, role="analist", reason=WHY, at=AT)
    with pytest.raises(AgreementError, match="reden"):
        let_out(town, register, role="fg", reason=" ", at=AT)
    record_pause(town, "publish", paused=True, reason="Wij kijken het na.", role="fg", at=AT)
    with pytest.raises(AgreementError, match="pauze"):
        let_out(town, register, role="fg", reason=WHY, at=AT)
    assert not (town.root / "published" / "register").exists()


def test_before_the_first_outlook_it_says_so(town: Workspace) -> None:
    for file in (town.root / "runs").rglob("run.json"):
        file.unlink()
    register = make_register(town, at=AT)
    assert register.explanation["record"] == []
    assert "nog geen vooruitblik" in register.facts.cautions[0]
    assert "nog geen: er is nog geen vooruitblik gemaakt" in register.entry.methods_and_models


def test_what_runs_differently_than_it_is_set_is_told(town: Workspace) -> None:
    in_file(town.root / "stip.toml", "training_weeks = 104", "training_weeks = 80")
    register = make_register(Workspace.open(town.root), at=AT)
    assert "training_weeks" in register.facts.cautions[0]
    assert any("training_weeks" in question.text for question in register.documents[1].questions)


def test_without_a_card_it_says_how_to_get_one(town: Workspace) -> None:
    (town.root / "card.toml").unlink()
    with pytest.raises(SettingsError, match="stip publish register"):
        make_register(town, at=AT)


def test_what_lies_out_is_plain_json(town: Workspace) -> None:
    for name, text in make_register(town, at=AT).files.items():
        assert name.endswith(".csv") or isinstance(json.loads(text), dict)


def test_layers_that_serve_the_same_stand_in_one_line(town: Workspace) -> None:
    lines = make_register(town, at=AT).entry.source_data.splitlines()
    layers = [line for line in lines if line.startswith("• Kaartlaag van de omgeving:")]
    [served] = [line for line in layers if "Bomen van Stipdam; " in line]
    assert "Bushaltes van Stipdam; " in served and "Soort eigenaar" not in served
    assert sum("Bewaard: " in line for line in lines) == 2  # each source of reports has a line of its own


def test_the_explanation_holds_what_a_privacy_notice_needs(town: Workspace) -> None:
    told = make_register(town, at=AT).explanation
    assert told["controller"] == "het college van burgemeester en wethouders van Stipdam"
    assert told["controller_contact"] == "veiligheid@stipdam.example"
    assert "fg@stipdam.example" in told["privacy_officer_contact"]
    assert any("weekplan" in purpose for purpose in told["purposes"])
    assert "Gemeentewet, artikel 172" in told["basis"]
    assert any("60 maanden" in line for line in told["retention"])
    assert any("Politie" in line and "nooit een melding" in line for line in told["recipients"])
