# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from stip.intake.values.date_formats import Order, formats_of, order_of_format, usual_formats


@pytest.mark.parametrize(
    ("form", "order"),
    [
        ("%d-%m-%Y %H:%M:%S", Order.DAY),
        ("%m/%d/%Y", Order.MONTH),
        ("%d %b %Y", Order.DAY),
        ("%Y-%m-%d", None),
        ("%H:%M", None),
        ("", None),
    ],
)
def test_the_order_of_a_declared_form(form: str, order: Order | None) -> None:
    assert order_of_format(form) == order


def test_formats_in_use_are_found_by_their_looks_most_common_first() -> None:
    texts = ["1-9-2017 2:30", "16-09-2017 12:30", "2017-09-16", "niets"]
    found = usual_formats(texts, Order.DAY)
    assert found[0] == "%d-%m-%Y %H:%M"
    assert "%Y-%m-%d" in found
    assert "%d-%m-%y %H:%M" not in found


@pytest.mark.parametrize("order", list(Order))
def test_years_of_two_digits_are_tried_before_years_of_four(order: Order) -> None:
    forms = formats_of(order)
    assert len(forms) == len(set(forms))
    short = [form for form in forms if "%y" in form]
    assert short
    assert all(forms.index(form) < forms.index(form.replace("%y", "%Y")) for form in short)
    assert max(map(forms.index, short)) < min(forms.index(form) for form in forms if form.startswith("%Y"))
