# SPDX-License-Identifier: EUPL-1.2
"""Putting the seal on the town: ``python -m stip.samples.freeze``.

Only for when the town itself is meant to change; then every record that was measured on it has to be made again.
"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from stip.samples.town import SEED, Size, make_town


def freeze(path: Path) -> None:
    """Make the town in each size and write the hashes of its parts to ``path``."""
    seals: dict[str, dict[str, str]] = {}
    sizes: tuple[Size, ...] = ("full", "small")
    for size in sizes:
        with TemporaryDirectory() as folder:
            seals[size] = dict(sorted(make_town(folder, seed=SEED, size=size).seals.items()))
    path.write_text(json.dumps(seals, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    freeze(Path(__file__).with_name("frozen.json"))
