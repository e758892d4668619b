# SPDX-License-Identifier: EUPL-1.2
"""A form field in the look of the house, and data for a script in an attribute."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()

_LOOKS = {
    "checkbox": "utrecht-checkbox utrecht-checkbox--html-input",
    "select": "utrecht-select utrecht-select--html-select",
    "textarea": "utrecht-textarea utrecht-textarea--html-textarea",
}
_TEXT = "utrecht-textbox utrecht-textbox--html-input"


@register.filter
def in_house(field: BoundField) -> SafeString:
    """Write the control of a field with the classes of its component, tied to its explanation and its errors."""
    widget = field.field.widget
    widget.attrs.pop("placeholder", None)  # a label that goes when somebody types is no label
    kind = getattr(widget, "input_type", "") or type(widget).__name__.lower()
    attrs: dict[str, str | bool] = {"class": _LOOKS.get(kind, _TEXT)}
    described = [f"{field.auto_id}-fout"] * bool(field.errors) + [f"{field.auto_id}-uitleg"] * bool(field.help_text)
    if described:
        attrs["aria-describedby"] = " ".join(described)
    return field.as_widget(attrs=attrs)


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Whether the label comes after the control."""
    return getattr(field.field.widget, "input_type", "") == "checkbox"


@register.filter
def as_json(value: Any) -> str:
    """Write a value as JSON, for an attribute; the template escapes it."""
    return json.dumps(value, cls=DjangoJSONEncoder)
