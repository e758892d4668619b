# SPDX-License-Identifier: EUPL-1.2
"""Paper: a page as a tagged PDF (PDF/UA-1), made on the server from a template and nothing from elsewhere."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from django.template.loader import render_to_string
from weasyprint import HTML, Document
from weasyprint.urls import URLFetcher

_VARIANT = "pdf/ua-1"


def to_pdf(template: str, context: Mapping[str, Any]) -> bytes:
    """Print a template that extends ``desk/paper.html``."""
    pdf: bytes = _laid_out(template, context).write_pdf(pdf_variant=_VARIANT)
    return pdf


def sides_of(template: str, context: Mapping[str, Any]) -> int:
    """Count the sides that a template takes, without printing it."""
    return len(_laid_out(template, context).pages)


def as_data(image: bytes | str, media_type: str) -> str:
    """Give a picture as a ``data:`` address, the only kind that paper fetches; text stays text, so that it zips."""
    if isinstance(image, str):
        return f"data:{media_type};charset=utf-8,{quote(image)}"
    return f"data:{media_type};base64,{base64.b64encode(image).decode()}"


def _laid_out(template: str, context: Mapping[str, Any]) -> Document:
    text = render_to_string(template, dict(context))
    page = HTML(string=text, url_fetcher=URLFetcher(allowed_protocols=("data",)))
    return page.render(pdf_variant=_VARIANT)
