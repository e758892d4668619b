# SPDX-License-Identifier: EUPL-1.2
"""Names that Stip refuses whatever an agreement says; the lists stand in ``forbidden.toml``, for everyone to read."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class _List:
    parts: tuple[str, ...]
    words: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]

    def holds(self, name: str) -> bool:
        words = _words(name)
        joined = "".join(words)
        spaced = "_".join(words)
        bare = {word.rstrip("0123456789") for word in words}  # woz2014
        return (
            any(part in joined for part in self.parts)
            or not self.words.isdisjoint(bare)
            or any(pattern.search(spaced) for pattern in self.patterns)
        )


def names_origin(name: str) -> bool:
    """Tell whether a name is about origin, nationality, ethnicity or religion."""
    return _lists()["origin"].holds(name)


def names_means(name: str) -> bool:
    """Tell whether a name is about the income, work or education of those who live somewhere."""
    return _lists()["means"].holds(name)


def names_person(name: str) -> bool:
    """Tell whether a name is about a person."""
    return _lists()["person"].holds(name)


@cache
def _lists() -> dict[str, _List]:
    text = (resources.files("stip.agreements") / "forbidden.toml").read_text(encoding="utf-8")
    return {
        name: _List(tuple(entry["parts"]), frozenset(entry["words"]), tuple(re.compile(p) for p in entry["patterns"]))
        for name, entry in tomllib.loads(text).items()
    }


def _words(name: str) -> list[str]:
    """Split a name in lower-case words without accents: ``GeboortelandÓuders`` → ``geboorteland``, ``ouders``."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", plain)
    return [word for word in re.split(r"[^a-z0-9]+", parted.casefold()) if word]
