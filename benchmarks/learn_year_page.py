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
    parts = [_table(different, _ORDERS)]
    if equal:
        parts.append(_table(equal, _EQUALS))
    if studied:
        parts.append("Where the difference is smaller than a year can show, it says so:")
        parts.append(_table(studied, _ORDERS))
    parts.append(
        f"`python benchmarks/learn_year.py` on {facts['made_on']}, at commit `{facts['commit']}`; figures with the "
        "hits of each side in `benchmarks/results/learn_year.json`. Intervals are 95 % (Clopper and Pearson 1934)."
    )
    return "\n\n".join(parts)


_ORDERS = {
    "right": "names it",
    "other_order": "names another order",
    "nothing": "says nothing",
    "wrong_at_any_moment": "any wrong claim, at 26 or 52 weeks",
}
_EQUALS = {"nothing": "*geen uitspraak mogelijk*", "wrong_at_any_moment": "any claim, at 26 or 52 weeks"}


def _table(lines: list[dict[str, Any]], columns: dict[str, str]) -> str:
    """Write a row for each scenario: what came of it, of how many years."""
    rows = [
        f"| built in | hits a year (people, outlook, baseline) | {' | '.join(columns.values())} |",
        f"|---|{'--:|' * (1 + len(columns))}",
    ]
    for line in lines:
        hits = ", ".join(f"{line['hits'][side]:.0f}" for side in ("people", "outlook", "baseline"))
        shares = " | ".join(_share(line, name) for name in columns)
        rows.append(f"| {line['what']} | {hits} of {line['total']:.0f} | {shares} |")
    return "\n".join(rows)


def _share(line: dict[str, Any], name: str) -> str:
    low, high = line[f"{name}_interval"]
    return f"{line[name]} of {line['seeds']} ({100 * low:.0f}–{100 * high:.0f} %)"
