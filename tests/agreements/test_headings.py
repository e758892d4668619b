# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from stip.agreements import heading_key


@given(st.text(max_size=30))
def test_ways_of_writing_do_not_count(heading: str) -> None:
    key = heading_key(heading)
    assert heading_key("\ufeff" + heading) == key
    assert heading_key(f"  {heading}\t") == key
    assert heading_key(unicodedata.normalize("NFD", heading)) == key
    assert heading_key(key) == key


def test_words_do_count() -> None:
    assert heading_key("X-coördinaat") == heading_key("x-COÖRDINAAT")
    assert heading_key("Begin-pleegdatum/tijd") != heading_key("Eind-pleegdatum/tijd")
    assert heading_key("Begin-pleegdatum/tijd") != heading_key("Begin-pleegdatum")
