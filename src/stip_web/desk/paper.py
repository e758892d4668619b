# SPDX-License-Identifier: EUPL-1.2
"""Paper: a page as a tagged PDF (PDF/UA-1), made on the server from a template and nothing from elsewhere."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from django.template.loader import render_to_string
from weasyprint import HTML
from weasyprint.urls import URLFetcher

_VARIANT = "pdf/ua-1"


def to_pdf(
    template: str, context: Mapping[str, Any], *, sizes: Sequence[str] = ("",), most_sides: int | None = None
) -> bytes:
    """Print a template that extends ``desk/paper.html``.

    Parameters
    ----------
    sizes : sequence of str
        The template is given one as ``size``: the first with which all fits on ``most_sides``; the last one when
        none does.
    most_sides : int, optional
    """
    for size in sizes:
        text = render_to_string(template, {**context, "size": size})
        page = HTML(string=text, url_fetcher=URLFetcher(allowed_protocols=("data",)))
        document = page.render(pdf_variant=_VARIANT)
        if most_sides is None or len(document.pages) <= most_sides:
            break
    pdf: bytes = document.write_pdf(pdf_variant=_VARIANT)
    return pdf


def as_data(image: bytes | str, media_type: str) -> str:
    """Give a picture as a ``data:`` address, the only kind that paper fetches; text stays text, so that it zips."""
    if isinstance(image, str):
        return f"data:{media_type};charset=utf-8,{quote(image)}"
    return f"data:{media_type};base64,{base64.b64encode(image).decode()}"
