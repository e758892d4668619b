# SPDX-License-Identifier: EUPL-1.2
"""Reading what lies in ``published/register/``; this is all that a public process needs, and all that it can read.

A file counts only when it is what was approved: ``facts.json`` holds the hash of each.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, cast

from pydantic_core import from_json

from stip.errors import WorkspaceError
from stip.publish.register.shapes import Explanation, RegisterFacts

FOLDER = "register"
REGISTER, REGISTER_CSV, MODEL_CARD, EXPLANATION, FACTS = (
    "register.json", "register.csv", "model_card.json", "explanation.json", "facts.json",
)  # fmt: skip
_FILES = (REGISTER, REGISTER_CSV, MODEL_CARD, EXPLANATION)


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
    try:
        text = _bytes_of(published, FACTS)
        found = None if text is None else from_json(text)
    except (OSError, ValueError) as error:
        raise _unreadable(FACTS) from error
    if found is not None and not (isinstance(found, dict) and isinstance(found.get("files"), dict)):
        raise _unreadable(FACTS)
    return cast("RegisterFacts | None", found)


def published_register_file(published: Path, name: str) -> bytes | None:
    """Return a file of the register as it is, to take along; None when it is not out as approved, or unknown."""
    try:
        return _approved(published, name) if name in _FILES else None
    except WorkspaceError:
        return None


def _read(published: Path, name: str) -> dict[str, Any] | None:
    text = _approved(published, name)
    try:
        found: dict[str, Any] | None = None if text is None else from_json(text)
    except ValueError as error:
        raise _unreadable(name) from error
    return found


def _approved(published: Path, name: str) -> bytes | None:
    """Give a file as it was let out, by the hash that was written down beside it; None when it is not there."""
    try:
        text = _bytes_of(published, name)
    except OSError as error:
        raise _unreadable(name) from error
    facts = published_register_facts(published)
    if text is None and facts is None:
        return None
    if text is None or facts is None or facts["files"].get(name) != hashlib.sha256(text).hexdigest():
        raise _unreadable(name)
    return text


def _bytes_of(published: Path, name: str) -> bytes | None:
    try:
        return (published / FOLDER / name).read_bytes()
    except FileNotFoundError:
        return None


def _unreadable(name: str) -> WorkspaceError:
    return WorkspaceError(
        f"{FOLDER}/{name} is niet te lezen, of is niet wat is goedgekeurd. Maak het opnieuw: ‘stip publish register’."
    )
