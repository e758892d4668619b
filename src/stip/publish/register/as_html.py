# SPDX-License-Identifier: EUPL-1.2
"""A document as one self-contained page, with each number linked to its note."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from stip.publish.register.document import SOURCES_TITLE, Document, Mark


def html_of(document: Document) -> str:
    """Return the page."""
    environment = Environment(
        loader=PackageLoader("stip.publish.register"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["mark"] = _is_mark
    environment.filters["kind"] = _kind
    return environment.get_template("document.html").render(document=document, sources_title=SOURCES_TITLE)


def _is_mark(piece: Any) -> bool:
    return isinstance(piece, Mark)


def _kind(block: Any) -> str:
    return type(block).__name__
