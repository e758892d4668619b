# SPDX-License-Identifier: EUPL-1.2
"""With what a benchmark was run: versions, machine, processor time and memory, and how a page tells it."""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import time
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_PACKAGES = ("numpy", "scipy", "scikit-learn", "pandas", "duckdb", "shapely")


def about() -> dict[str, Any]:
    """Return with what this process was run, so far."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return {
        "made_on": date.today().isoformat(),
        "stip": version("stip"),
        "commit": commit.stdout.strip() or "unknown",
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "processor_minutes": round(time.process_time() / 60, 1),
        "peak_gb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
        "packages": {name: version(name) for name in _PACKAGES},
    }


def told(about: dict[str, Any], command: str, figures: str) -> str:
    """Return the last paragraph of a page: what made it, with what, and where its figures are."""
    packages = ", ".join(f"{name} {number}" for name, number in about["packages"].items())
    return (
        "## How this was made\n\n"
        f"`{command}` on {about['made_on']}, Stip {about['stip']} at commit `{about['commit']}`, Python "
        f"{about['python']} ({packages}), {about['machine']}, {about['cores']} cores; "
        f"{about['processor_minutes']:.1f} minutes of processor time, at most {about['peak_gb']:.1f} GB of memory. "
        f"Figures: `benchmarks/results/{figures}`."
    )
