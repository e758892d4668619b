# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from stip.settings import Frozen
from stip.settings.dutch import entry_in_dutch


class Sheet(Frozen):
    on: date = date(2026, 1, 1)
    yes: bool = True
    sizes: dict[str, float] = {}
    pair: tuple[int, int] = (1, 2)


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ({"on": "7 september"}, "‘7 september’ past hier niet; schrijf een datum, zoals 2026-09-07"),
        ({"yes": "misschien"}, "‘misschien’ past hier niet; schrijf ‘true’ of ‘false’"),
        ({"sizes": 3}, "‘3’ past hier niet; schrijf een onderdeel met eigen regels"),
        ({"pair": 3}, "‘3’ past hier niet; schrijf een lijst, zoals [1, 2]"),
        ({"yes": "x" * 200}, "deze waarde past hier niet; schrijf ‘true’ of ‘false’"),
    ],
)
def test_the_sentence_says_what_to_write(entry: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Sheet.model_validate(entry)
    assert entry_in_dutch(caught.value.errors()[0]) == sentence
