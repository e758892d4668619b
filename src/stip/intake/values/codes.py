# SPDX-License-Identifier: EUPL-1.2
"""From the codes of a source to the crime types of the town."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from stip.agreements import find_personal
from stip.settings import CrimeType

KNOWN, RESPELLED, OTHER, NONE, UNKNOWN, PERSONAL = range(6)
"""What a code can be: one of the town's, one written another way, of another type, missing, odd, personal data."""

_LONGEST = 60
_LIKE = 0.85  # so much alike is a slip of the pen, not another type
_FEWEST = 5  # a code that stands in fewer rows is not named: it may be something else that slipped into the column
_CODE = re.compile(r"[A-Za-z]{0,4}[-. ]?[0-9]{1,4}(?:[.\-][0-9]{1,3}){0,4}[A-Za-z]{0,2}")
_WORDS = re.compile(r"[^\W\d_][^\d@\n]*")


@dataclass
class CodeBook:
    """The codes of a file, looked up once each.

    Parameters
    ----------
    crime_types : mapping of str to CrimeType
        By key; a source may use the key, the label or any of the codes.
    """

    crime_types: Mapping[str, CrimeType]
    others: Counter[str] = field(default_factory=Counter)
    _found: dict[str, tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.keys = tuple(self.crime_types)
        self._exact = {
            name: place
            for place, (key, kind) in enumerate(self.crime_types.items())
            for name in (key, kind.label, *kind.codes)
        }
        self._alike = {_plain(name): place for name, place in self._exact.items()}

    def look_up(self, codes: pa.Array) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.uint8]]:
        """Return for each row the place of its type in `keys` (-1 for none) and what its code is."""
        texts = codes if pa.types.is_string(codes.type) else codes.cast(pa.string())
        coded = pc.dictionary_encode(texts.fill_null(""))
        unique = coded.dictionary.to_pylist()
        self._learn([text for text in unique if text not in self._found])
        answers = [self._found[text] for text in unique]
        places = coded.indices.to_numpy()
        kinds = np.array([kind for _, kind in answers], dtype=np.uint8)
        often = np.bincount(places, minlength=len(unique))
        self.others.update(
            {text.strip(): int(often[i]) for i, text in enumerate(unique) if kinds[i] == OTHER and often[i]}
        )
        types = np.array([place for place, _ in answers], dtype=np.int8)
        if len(self._found) > 100_000:  # a column of free text must not fill the memory
            self._found.clear()
        return types[places] if len(unique) else types, kinds[places] if len(unique) else kinds

    def named_others(self, most: int = 12) -> dict[str, int]:
        """Return the commonest codes of other types; those of few rows stay unnamed."""
        return {text: rows for text, rows in self.others.most_common(most) if rows >= _FEWEST}

    def _learn(self, texts: list[str]) -> None:
        strange = []
        for text in texts:
            plain = _plain(text)
            if not plain:
                self._found[text] = -1, NONE
            elif text in self._exact:
                self._found[text] = self._exact[text], KNOWN
            elif plain in self._alike:
                self._found[text] = self._alike[plain], RESPELLED
            else:
                strange.append(text)
        personal = find_personal(pd.Series(strange, dtype="string")).notna()
        for text, refused in zip(strange, personal, strict=True):
            self._found[text] = -1, PERSONAL if refused else self._judge(text.strip())

    def _judge(self, text: str) -> int:
        """Tell a type that the town does not use from something that is no type at all."""
        if len(text) > _LONGEST or not (_CODE.fullmatch(text) or _WORDS.fullmatch(text)):
            return UNKNOWN
        slip = len(text) >= 8 and difflib.get_close_matches(_plain(text), list(self._alike), n=1, cutoff=_LIKE)
        return UNKNOWN if slip else OTHER


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
