# SPDX-License-Identifier: EUPL-1.2
"""Reading what lies in ``published/register/``; this is all that a public process needs, and all that it can read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

from stip.errors import WorkspaceError
from stip.publish.register.shapes import Explanation, RegisterFacts

FOLDER = "register"
REGISTER, REGISTER_CSV, MODEL_CARD, EXPLANATION, FACTS = (
    "register.json", "register.csv", "model_card.json", "explanation.json", "facts.json",
)  # fmt: skip


def published_explanation(published: Path) -> Explanation | None:
    """Return the public explanation, or None when nothing is out yet.

    Parameters
    ----------
    published : Path
        The folder ``published``.
    """
    return cast("Explanation | None", _read(published, EXPLANATION))


def published_register(published: Path) -> dict[str, Any] | None:
    """Return the entry for the Algoritmeregister by its field names, or None when nothing is out yet."""
    return _read(published, REGISTER)


def published_model_card(published: Path) -> dict[str, Any] | None:
    """Return the model card, or None when nothing is out yet."""
    return _read(published, MODEL_CARD)


def published_register_facts(published: Path) -> RegisterFacts | None:
    """Return when the register was let out, by which role and from which runs; None when nothing is out yet."""
    return cast("RegisterFacts | None", _read(published, FACTS))


def published_register_file(published: Path, name: str) -> bytes | None:
    """Return a file of the register as it is, to take along; None when it is not out, or is none of them."""
    path = published / FOLDER / name
    known = (REGISTER, REGISTER_CSV, MODEL_CARD, EXPLANATION)
    return path.read_bytes() if name in known and path.is_file() else None


def _read(published: Path, name: str) -> dict[str, Any] | None:
    path = published / FOLDER / name
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise WorkspaceError(
            f"{FOLDER}/{name} is niet te lezen. Maak het opnieuw: ‘stip publish register’."
        ) from error
    return found
