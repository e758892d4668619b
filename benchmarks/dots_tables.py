# SPDX-License-Identifier: EUPL-1.2
"""Writes the figures of the dot map into docs/explanation/map.md, between its two marks."""

from __future__ import annotations

from typing import Any

from about import ROOT, told

PAGE = ROOT / "docs" / "explanation" / "map.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
_STEPS = {"filter": "another filter", "slider": "slider, a week", "animation": "animation, a frame"}
_MODES = {"stippen": "dots", "gegradueerd": "circles", "vakken": "squares", "dichtheid": "density"}


def _number(ms: float) -> str:
    return f"{ms:,.0f}" if ms >= 100 else f"{ms:.1f}"


def _steps_table(results: list[dict[str, Any]]) -> list[str]:
    lines = [
        "| dots | step | ours, main thread | ours, clock | deck.gl, main thread | deck.gl, clock | ratio of clocks |",
        "|--:|---|--:|--:|--:|--:|--:|",
    ]
    for each in results:
        for step, name in _STEPS.items():
            ours, peer = each[step]["ours"], each[step]["deck.gl"]
            figures = (ours["thread_ms"], ours["clock_ms"], peer["thread_ms"], peer["clock_ms"])
            ratio = peer["clock_ms"] / ours["clock_ms"]
            cells = " | ".join(map(_number, figures))
            lines.append(f"| {each['n']:,} | {name} | {cells} | {ratio:,.0f} × |")
    return lines


def _message_table(results: list[dict[str, Any]]) -> list[str]:
    lines = [
        "| dots | bytes a dot | after gzip | message, MB | from message to all drawn, ours | deck.gl |",
        "|--:|--:|--:|--:|--:|--:|",
    ]
    for each in results:
        n = each["n"]
        lines.append(
            f"| {n:,} | {each['bytes'] / n:.2f} | {each['gzip_bytes'] / n:.2f} | {each['gzip_bytes'] / 1e6:.1f} | "
            f"{_number(each['drawn_ms'])} | {_number(each['peer_drawn_ms'])} |"
        )
    return lines


def _modes_table(results: list[dict[str, Any]]) -> list[str]:
    lines = [
        "| shown as | " + " | ".join(f"{each['n']:,}" for each in results) + " |",
        "|---|" + "--:|" * len(results),
    ]
    for mode, name in _MODES.items():
        cells = " | ".join(_number(each["modes"][mode]["thread_ms"]) for each in results)
        lines.append(f"| {name} | {cells} |")
    return lines


def write_tables(figures: dict[str, Any]) -> None:
    """Replace what stands between the marks of the page."""
    results = figures["results"]
    lines = [
        BEGIN,
        "",
        "Milliseconds a step: the clock's median, and the processor time of the page's main thread, mean.",
        "",
        *_steps_table(results),
        "",
        "The message, and milliseconds until all dots are drawn for the first time (deck.gl starts from our arrays):",
        "",
        *_message_table(results),
        "",
        "A slider's step in each way of showing (main thread, ms; filter, counts and paint):",
        "",
        *_modes_table(results),
        "",
        told(figures["about"], "python benchmarks/dots_page.py", "dots.json"),
        f"Chromium {figures['chromium']} without a GPU (SwiftShader for deck.gl 9.4.0), load {figures['load']:.1f}.",
        "",
        END,
    ]
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    PAGE.write_text(before + "\n".join(lines) + after, encoding="utf-8")
