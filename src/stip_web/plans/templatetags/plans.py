# SPDX-License-Identifier: EUPL-1.2
"""How places, hours and moments of a plan are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template

from stip.plan import Slot
from stip.words import counted, number

register = template.Library()


@register.filter
def of(found: Mapping[str, Any], name: str) -> Any:
    """Give what a table holds under a name; None when nothing."""
    return found.get(name)


@register.filter
def hours(value: float) -> str:
    """Write hours: ``8`` or ``4,5``."""
    return counted(value)


@register.filter
def chance(probability: float) -> str:
    """Write a chance: ``1 op 12``."""
    return f"1 op {number(1 / probability)}" if probability else "onbekend"


@register.filter
def moments(codes: Iterable[str]) -> str:
    """Write when visits are."""
    return ", ".join(Slot.of(code).short for code in codes)
