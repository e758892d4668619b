# SPDX-License-Identifier: EUPL-1.2
"""The scripts in ``benchmarks/`` are no package; their functions are tested all the same."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

FOLDER = str(Path(__file__).resolve().parents[2] / "benchmarks")


def benchmark(name: str) -> ModuleType:
    """Import a benchmark with what stands beside it; the folder does not stay on the path, where it hides rooms."""
    sys.path.insert(0, FOLDER)
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(FOLDER)
