# SPDX-License-Identifier: EUPL-1.2
"""The table of `learn_year.py` in docs/explanation/learning.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from learn_year_world import SCENARIOS

BEGIN, END = "<!-- learn_year: begin -->", "<!-- learn_year: end -->"
_NAMED = {scenario.name: scenario.named for scenario in SCENARIOS}


def write_section(page: Path, found: list[dict[str, Any]], facts: dict[str, Any]) -> None:
    """Write the tables between their marks in the page."""
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    page.write_text(f"{before}{BEGIN}\n{section(found, facts)}\n{END}{after}", encoding="utf-8")


def section(found: list[dict[str, Any]], facts: dict[str, Any]) -> str:
    """Return the tables and what they rest on."""
    different = [line for line in found if line["order"] and _NAMED[line["name"]]]
    equal = [line for line in found if not line["order"]]
    studied = [line for line in found if line["order"] and not _NAMED[line["name"]]]
    parts = [_orders(different)]
    if equal:
        parts.append(_equals(equal))
    if studied:
        parts.append("Where the difference is smaller than a year can show, it says so:")
        parts.append(_orders(studied))
    parts.append(
        f"`python benchmarks/learn_year.py` on {facts['made_on']}, at commit `{facts['commit']}`; figures with the "
        "hits of each side in `benchmarks/results/learn_year.json`. Intervals are 95 % (Clopper and Pearson 1934)."
    )
    return "\n\n".join(parts)


def _orders(lines: list[dict[str, Any]]) -> str:
    rows = [
        "| built in | hits a year (people, outlook, baseline) | names it | names another order | says nothing | any "
        "wrong claim, at 26 or 52 weeks |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for line in lines:
        hits = ", ".join(f"{line['hits'][side]:.0f}" for side in ("people", "outlook", "baseline"))
        rows.append(
            f"| {line['what']} | {hits} of {line['total']:.0f} | {_share(line, 'right')} | "
            f"{_share(line, 'other_order')} | {_share(line, 'nothing')} | {_share(line, 'wrong_at_any_moment')} |"
        )
    return "\n".join(rows)


def _equals(lines: list[dict[str, Any]]) -> str:
    rows = [
        "| built in | hits a year (people, outlook, baseline) | *geen uitspraak mogelijk* | any claim, at 26 or 52 "
        "weeks |",
        "|---|--:|--:|--:|",
    ]
    for line in lines:
        hits = ", ".join(f"{line['hits'][side]:.0f}" for side in ("people", "outlook", "baseline"))
        rows.append(
            f"| {line['what']} | {hits} of {line['total']:.0f} | {_share(line, 'nothing')} | "
            f"{_share(line, 'wrong_at_any_moment')} |"
        )
    return "\n".join(rows)


def _share(line: dict[str, Any], name: str) -> str:
    low, high = line[f"{name}_interval"]
    return f"{line[name]} of {line['seeds']} ({100 * low:.0f}–{100 * high:.0f} %)"
