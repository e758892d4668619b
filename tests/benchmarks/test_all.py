# SPDX-License-Identifier: EUPL-1.2
"""All benchmarks in one go: it goes on after a failure, names what broke, and the charts show what was found."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from benchmarks.conftest import FOLDER, benchmark

everything = benchmark("all")
charts = benchmark("charts")


def test_how_a_command_ended_is_kept(capfd: pytest.CaptureFixture[str]) -> None:
    script = "import sys; print('halfway', flush=True); sys.exit('one bound of 3 does not hold')"
    bad = everything.run([sys.executable, "-c", script], "bad", "what breaks")
    good = everything.run([sys.executable, "-c", "print('fine')"], "good", "what holds")
    assert (bad.code, bad.told) == (1, "one bound of 3 does not hold")
    assert (good.code, good.told) == (0, "fine")
    assert good.peak_gb > 0
    assert everything.broken([bad, good]) == "1 of 2 benchmarks broke: bad (one bound of 3 does not hold)"
    assert everything.broken([good]) == ""
    table = everything.table([bad, good]).splitlines()
    assert "FAILS" in table[1]
    assert "holds" in table[2]
    assert "halfway" in capfd.readouterr().out


def test_each_benchmark_is_named_once_and_has_a_script() -> None:
    names = [each.name for each in everything.BENCHMARKS]
    assert len(set(names)) == len(names)
    assert [each.name for each in everything.BENCHMARKS if not each.script.exists()] == []
    assert all(Path(FOLDER) == each.script.parent for each in everything.BENCHMARKS)


def test_two_run_beside_each_other_and_each_is_told_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(everything, "FOLDER", tmp_path)
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    begun = f"import os, sys, time, pathlib; here = pathlib.Path({str(tmp_path)!r})\nprint('begun', flush=True)\n"
    meets = "(here / sys.argv[1]).touch()\nwhile not (here / sys.argv[2]).exists(): time.sleep(0.01)\n"
    ends = "print('threads', os.environ.get('OMP_NUM_THREADS')); sys.exit(sys.argv[3] if sys.argv[3:] else 0)"
    for name, body in (("a", meets), ("b", meets), ("c", "")):
        (tmp_path / f"{name}.py").write_text(begun + body + ends, encoding="utf-8")
    ran = everything.run_all(
        [
            everything.Benchmark("a", "waits for b, and breaks", ("of_a", "of_b", "broke"), None, beside=True),
            everything.Benchmark("b", "waits for a", ("of_b", "of_a"), None, beside=True),
            everything.Benchmark("c", "alone", (), None),
        ],
        full=False,
    )
    assert [(each.name, each.code, each.beside) for each in ran] == [("a", 1, True), ("b", 0, True), ("c", 0, False)]
    blocks = [block.split() for block in capfd.readouterr().out.split("== ")[1:]]
    assert sorted(blocks[:2]) == [
        ["a:", "waits", "for", "b,", "and", "breaks", "begun", "threads", "1", "broke"],
        ["b:", "waits", "for", "a", "begun", "threads", "1"],
    ]
    assert blocks[2:] == [["c:", "alone", "begun", "threads", "None"]]


def figures() -> dict[str, object]:
    ratio = {"ratio": 1.05, "low": 1.01, "high": 1.1}
    return {
        "period": "final",
        "pairs": [
            {"pair": "a:some_type", "models": [{"area_share": 0.01, "total": 9}, {"area_share": 0.03, "total": 1234}]}
        ],
        "by_share": {
            "0.03": {
                "pairs": {"a:some_type": ratio | {"beside": "kde_60"}},
                "best_of_each": ratio,
                "one_for_all": ratio | {"beside": "long_run"},
            }
        },
    }


def test_a_pair_is_drawn_with_its_baseline_and_n() -> None:
    lines = charts.accuracy_lines(figures())
    assert lines[0] == ("A, some type\nbeside kde 60; N = 1,234", 1.05, 1.01, 1.1)
    assert len(lines) == 3
    axes = charts.draw_accuracy(figures()).axes[0]
    assert "30 %" in axes.get_title(loc="left")
    assert len(axes.get_yticks()) == 3


def test_speed_is_drawn_of_what_was_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert charts.speed_lines(tmp_path) == []
    (tmp_path / "near_repeats.json").write_text(json.dumps({"faster": 61.4, "all_bands": 0.25}), encoding="utf-8")
    (tmp_path / "store.json").write_text(json.dumps({"other": 1}), encoding="utf-8")
    lines = charts.speed_lines(tmp_path)
    assert [times for _, times in lines] == [61.4, 4.0]
    assert "store.json" in capsys.readouterr().out
    assert len(charts.draw_speed(lines).axes[0].patches) == 2
