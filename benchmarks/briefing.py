# SPDX-License-Identifier: EUPL-1.2
"""How long the briefing takes, from the button to a PDF of two sides: processor time and the clock.

Usage: ``python benchmarks/briefing.py [--size small|full] [--times 5]``. Makes a sample town with its last two weeks,
prints the proposal of its newest week, and refuses a paper of more than ten seconds of processor time, or of other
than two sides. The first one reads streets and ground, later ones keep them. Writes benchmarks/results/briefing.json.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import statistics
import tempfile
import time
from pathlib import Path

from about import ROOT, about

BUDGET_SECONDS = 10.0


def main() -> None:
    """Print it, and write the figures down."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--size", choices=("small", "full"), default="small")
    asked.add_argument("--times", type=int, default=5)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        os.environ |= {
            "STIP_MODE": "demo",
            "STIP_WORKSPACE": str(top / "werkmap"),
            "STIP_KEYS": str(top / "sleutels"),
            "STIP_STATE": str(top / "site"),
            "DJANGO_SETTINGS_MODULE": "stip_web.settings",
        }
        from stip.week import run_demo

        run_demo(top, size=options.size, progress=lambda said: None)
        figures = measured(options.times)
    worst = max(each["processor_seconds"] for each in figures["papers"])
    path = ROOT / "benchmarks" / "results" / "briefing.json"
    path.write_text(
        json.dumps({"about": about(), "size": options.size, **figures}, indent=1) + "\n", encoding="utf-8"
    )
    print(f"{figures['places']} places, {figures['sides']} sides, {figures['bytes']} bytes")
    print(f"first {figures['papers'][0]}, median of the rest {figures['median_of_the_rest']}")
    if worst > BUDGET_SECONDS or figures["sides"] != 2:
        raise SystemExit(f"refused: {worst:.1f} s of processor time, {figures['sides']} sides")


def measured(times: int) -> dict[str, object]:
    """Gather and print so many times."""
    import django

    django.setup()
    from django.core.management import call_command
    from pypdf import PdfReader

    from stip_web.briefings.gather import briefing_of
    from stip_web.briefings.paper import as_pdf
    from stip_web.briefings.reader import Reader
    from stip_web.workspaces.clock import now
    from stip_web.workspaces.current import current_workspace

    call_command("migrate", verbosity=0)
    workspace = current_workspace()
    week = sorted(path.parent.name for path in (workspace.root / "runs").glob("*/plan"))[-1]
    papers = []
    for _ in range(times):
        clock, processor = time.perf_counter(), time.process_time()
        briefing = briefing_of(workspace, week, Reader(fine=True, concept=True), root="https://stip.example.nl")
        pdf = as_pdf(briefing, now(workspace))
        papers.append(
            {
                "processor_seconds": round(time.process_time() - processor, 2),
                "seconds": round(time.perf_counter() - clock, 2),
            }
        )
    rest = papers[1:] or papers
    return {
        "places": len(briefing.places),
        "sides": len(PdfReader(io.BytesIO(pdf)).pages),
        "bytes": len(pdf),
        "load": os.getloadavg()[0],
        "papers": papers,
        "median_of_the_rest": {name: statistics.median(each[name] for each in rest) for name in papers[0]},
    }


if __name__ == "__main__":
    main()
