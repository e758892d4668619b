# SPDX-License-Identifier: EUPL-1.2
"""How numbers and days are written on a public page, and where its style sheets lie."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path

from django import template
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from stip import words

register = template.Library()
_MANIFEST = Path(__file__).resolve().parents[2] / "static" / "built" / "manifest.json"
_ENTRY = "src/site/main.ts"  # the look of the house; its scripts stay behind


@register.filter
def number(value: float | None, decimals: int = 0) -> str:
    """Write ``1.284`` or ``3,5``; nothing known is a dash."""
    return "–" if value is None else words.number(value, decimals)


@register.filter
def day(when: date) -> str:
    """Write ``7 september 2026``."""
    return words.day(when)


@register.simple_tag
def style_sheets() -> SafeString:
    """Link the style sheets of the house, without a script."""
    return format_html_join("\n    ", '<link rel="stylesheet" href="{}">', ((static(name),) for name in _sheets()))


@cache
def _sheets() -> tuple[str, ...]:
    manifest = json.loads(_MANIFEST.read_text(encoding="utf-8"))
    return (*(f"built/{name}" for name in manifest[_ENTRY]["css"]), "public/public.css")


@register.filter
def unlocalized(value: float) -> str:
    """Write a length of a drawing."""
    return f"{value:.1f}"


@register.filter
def plus(value: float, more: int) -> str:
    """Write a place of a drawing, a little further."""
    return f"{value + more:.1f}"
