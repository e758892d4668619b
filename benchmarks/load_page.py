# SPDX-License-Identifier: EUPL-1.2
"""The page docs/explanation/load.md, made from the figures."""

from __future__ import annotations

from typing import Any

from about import told

WHAT = {
    "desk": "pages of the desk: this week, map, list, week plan, outlook, evaluation, signals, data",
    "map": "map data: dots as a binary message, neighbourhoods, the phone's page",
    "api": "API: reports, counts, weeks, neighbourhoods",
    "street": "feedback from the street, one entry a request, written to database and workspace",
    "public": "public pages",
}


def page(found: dict[str, Any]) -> str:
    """Return the page."""
    lost = found["feedback_acknowledged"] - found["feedback_once"]
    each_took = f" ({found['outlook_seconds']:g} s each)" if found["outlook_seconds"] else ""
    rows = [
        f"| {WHAT[kind]} | {one['requests']:,} | {one['errors']} | {one['p50_ms']:,} ms | {one['p95_ms']:,} ms |"
        for kind, one in found["kinds"].items()
    ]
    lines = [
        "# What one server carries",
        "<!-- Made by `make load`; do not edit. -->",
        f"{found['clients']} clients asked without a pause for {found['seconds']} seconds, on the machine that also "
        f"ran the server (`stip_web serve`, granian with {found['workers']} processes of 4 threads), its worker, "
        "PostgreSQL (with synchronous commits) and, over and over, the outlook of another week on the same "
        "workspace. Real use pauses to read; so this is a bound, not a forecast.",
        f"**{found['per_second']:g} requests a second, {found['errors']} errors** in {found['requests']:,} requests, "
        f"while {found['outlooks_made']} outlooks were made{each_took}.",
        f"Of {found['feedback_acknowledged']} entries that the server said it had, {found['feedback_once']} stood in "
        f"the database exactly once; {lost} were lost or doubled.",
        "\n".join(["| asked | requests | errors | half within | 95 % within |", "|---|---|---|---|---|", *rows]),
    ]
    if found["wrong"]:
        lines.append("What went wrong: " + "; ".join(f"`{said}`" for said in found["wrong"]) + ".")
    if not found["public"]:
        lines.append("The public site was not there yet when this was measured.")
    lines.append(
        f"The machine was busy with other work too: its load was {found['load_before']:g} before this began, so an "
        "idle one carries more. What is killed in the middle is told in [threats](threats.md)."
    )
    lines.append(told(found["about"], "make load", "load.json"))
    return "\n\n".join(lines) + "\n"
