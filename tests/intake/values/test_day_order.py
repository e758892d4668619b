# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from intake.incident_files import asking, column
from stip.errors import FileError
from stip.intake.values.date_formats import Order
from stip.intake.values.day_order import Evidence, refuse_mixed, undecided, weigh

LATEST = np.datetime64("2026-09-07", "us")


def weighed(*texts: str) -> Evidence:
    asker = asking()
    return weigh(asker, [column(*texts)], latest=LATEST)


def test_one_date_that_fits_one_order_decides() -> None:
    assert weighed("01-02-2026 10:00", "13-02-2026 10:00").order() is Order.DAY
    assert weighed("01/02/2026 10:00:00 AM", "02/13/2026 10:00:00 AM").order() is Order.MONTH


def test_dates_in_the_future_decide() -> None:
    # Read month first, 7 January would be fine, and 1 October has yet to come.
    assert weighed("07-01-2026", "01-10-2026").order() is Order.MONTH
    assert weighed("01-07-2026", "10-01-2026").order() is Order.DAY


def test_when_both_orders_fit_nothing_is_decided() -> None:
    evidence = weighed("01-02-2026 10:00", "03-04-2026 10:00")
    assert evidence.order() is None
    with pytest.raises(FileError, match="twee manieren te lezen.*‘begin’.*date_format"):
        raise undecided("f.csv", ["begin"])


def test_dates_without_doubt_need_no_order() -> None:
    for texts in (("2026-02-01", "20260301"), ("05-05-2026",), ("",), ()):
        assert weighed(*texts).order() is Order.DAY
    asker = asking()
    assert weigh(asker, [pa.array([1, 2])], latest=LATEST) == Evidence()


def test_both_orders_in_one_file_are_refused() -> None:
    mixed = weighed("13-02-2026", "02-13-2026", "14-02-2026")
    with pytest.raises(FileError, match="bij 2 datums de dag vooraan en bij 1 de maand"):
        refuse_mixed(mixed, "f.csv")
    refuse_mixed(Evidence(only_day=100, only_month=2), "f.csv")


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        (Evidence(only_day=3), "dag eerst; 3 datums"),
        (Evidence(differing=3, late_month=1), "andersom zouden"),
        (Evidence(), "nergens te verwisselen"),
    ],
)
def test_how_it_was_found_is_said(evidence: Evidence, words: str) -> None:
    assert words in evidence.said(Order.DAY)
