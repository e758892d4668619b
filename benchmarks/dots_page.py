# SPDX-License-Identifier: EUPL-1.2
"""The dot map beside deck.gl (the engine of kepler.gl), without a GPU, on the same dots in the same run.

Usage: ``python benchmarks/dots_page.py [--small] [--data FOLDER]``. Real reports of Chicago; a page in headless
Chromium draws them at 1280 × 800 by our painter and by a ScatterplotLayer with DataFilterExtension. Steps are those
of a person: another filter, a slider a week further, the next frame of an animation. Each ends in a pixel that is
read back, so that it has been drawn. Ours is refused above 12 ms a step at 200,000 dots and 60 ms at 1,000,000, in
processor time of the page's main thread, on which all of ours runs: other work on the machine does not count there.
``--small`` leaves out deck.gl at a million dots (minutes). Writes benchmarks/results/dots.json and the tables of
docs/explanation/map.md.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from about import ROOT, about
from dots_chicago import chicago_message
from dots_tables import write_tables
from playwright.sync_api import CDPSession, Page, sync_playwright

HARNESS = Path(__file__).parent / "dots"
SIZES = (200_000, 1_000_000)
BUDGET_MS = {200_000: 12, 1_000_000: 60}
KINDS = ("filter", "slider", "animation")
MODES = ("stippen", "gegradueerd", "vakken", "dichtheid")
STEPS = 25
WARM_UP = 10
PEER_STEPS = {200_000: 3, 1_000_000: 2}
CHROMIUM_WORDS = ("--no-sandbox", "--disable-gpu", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")


def build(out: Path) -> None:
    """Build the page with its own locked packages."""
    folder = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    npm = shutil.which("npm", path=folder)
    if npm is None:
        raise SystemExit("npm is not there; make setup brings it in .venv/bin.")
    steps = [[npm, "run", "--silent", "build"]]
    if not (HARNESS / "node_modules").is_dir():
        steps.insert(0, [npm, "ci", "--silent"])
    for step in steps:
        subprocess.run(
            step, cwd=HARNESS, env=os.environ | {"PATH": folder, "STIP_BENCHMARK_OUT": str(out)}, check=True
        )


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the parent's
        """Say nothing."""


def serve(folder: Path) -> str:
    """Serve a folder on loopback; returns its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


class Measured:
    """A page that measures, and the processor time of its main thread."""

    def __init__(self, page: Page, session: CDPSession) -> None:
        self._page = page
        self._session = session
        session.send("Performance.enable")

    def _thread_ms(self) -> float:
        metrics = self._session.send("Performance.getMetrics")["metrics"]
        return 1000 * next(each["value"] for each in metrics if each["name"] == "ThreadTime")

    def ask(self, words: str) -> Any:
        """Return what ``harness.<words>`` gives."""
        return self._page.evaluate(f"harness.{words}")

    def steps(self, words: str, times: int) -> dict[str, float]:
        """Return medians of the clock, and the mean of the main thread's processor time, in ms a step."""
        before = self._thread_ms()
        spent: list[float] = self.ask(words)
        thread = (self._thread_ms() - before) / times
        return {"clock_ms": round(statistics.median(spent), 1), "thread_ms": round(thread, 1), "steps": times}


def measure(page: Measured, url: str, n: int, *, peer: bool) -> dict[str, Any]:
    """Measure a message of n dots: ours in each step and mode, then deck.gl."""
    loaded = page.ask(f"load({json.dumps(url)})")
    found: dict[str, Any] = {"n": loaded["n"], "bytes": loaded["bytes"], "drawn_ms": round(loaded["drawn"], 1)}
    for kind in KINDS:
        page.ask(f"ours('{kind}', {WARM_UP}, 'stippen')")
        found[kind] = {"ours": page.steps(f"ours('{kind}', {STEPS}, 'stippen')", STEPS)}
    found["modes"] = {}
    for mode in MODES:
        page.ask(f"ours('slider', {WARM_UP}, '{mode}')")
        found["modes"][mode] = page.steps(f"ours('slider', {STEPS}, '{mode}')", STEPS)
    if peer:
        found["peer_drawn_ms"] = round(page.ask("beginPeer()"), 1)
        for kind in KINDS:
            found[kind]["deck.gl"] = page.steps(f"peer('{kind}', {PEER_STEPS[n]})", PEER_STEPS[n])
        page.ask("endPeer()")
    return found


def too_slow(results: list[dict[str, Any]]) -> list[str]:
    """Return a sentence for each step of ours above its budget."""
    return [
        f"{kind} at {each['n']:,}: {each[kind]['ours']['thread_ms']} ms, at most {BUDGET_MS[each['n']]}"
        for each in results
        for kind in KINDS
        if each[kind]["ours"]["thread_ms"] > BUDGET_MS[each["n"]]
    ]


def main() -> None:
    """Measure, write, and refuse what is too slow."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--small", action="store_true", help="deck.gl at 200,000 dots only")
    reader.add_argument(
        "--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder with real incidents"
    )
    reader.add_argument("--chromium", default="/usr/bin/chromium")
    asked = reader.parse_args()
    if not asked.data.is_dir():
        reader.error(f"{asked.data} is not there; the real incidents are not part of the project.")
    results = []
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        folder = Path(made)
        build(folder)
        address = serve(folder)
        browser = playwright.chromium.launch(executable_path=asked.chromium, args=list(CHROMIUM_WORDS))
        for n in SIZES:
            message = chicago_message(asked.data, n)
            (folder / f"{n}.bin").write_bytes(message)
            page = browser.new_page(viewport={"width": 1300, "height": 1700})
            page.set_default_timeout(0)
            page.goto(f"{address}/index.html", wait_until="networkidle")
            measured = Measured(page, page.context.new_cdp_session(page))
            result = measure(measured, f"{address}/{n}.bin", n, peer=n == SIZES[0] or not asked.small)
            result |= {"gzip_bytes": len(gzip.compress(message, 6))}
            print(json.dumps(result), flush=True)
            results.append(result)
            page.close()
        chromium = browser.version
        browser.close()
    figures = {"results": results, "chromium": chromium, "load": os.getloadavg()[0], "about": about()}
    if not asked.small:
        file = ROOT / "benchmarks" / "results" / "dots.json"
        file.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
        write_tables(figures)
    if slow := too_slow(results):
        raise SystemExit(f"Too slow: {'; '.join(slow)}.")
    print("All steps of ours within their budget.")


if __name__ == "__main__":
    main()
