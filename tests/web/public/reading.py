# SPDX-License-Identifier: EUPL-1.2
"""How hard a Dutch text reads, by what can be counted: the length of words and sentences, and words that few know.

What this proves is little: a text that scores well can still be wrong, dull or unclear, and whether somebody with B1
understands it, only such a person can say. It does keep long words and long sentences from creeping in.

References
----------
Douma (1960), De leesbaarheid van landbouwbladen: Flesch's reading ease for Dutch, ``206.84 − 77 w − 0.93 s`` with
``w`` syllables a word and ``s`` words a sentence. 60 to 70 is called standard, 70 to 80 fairly easy. Syllables are
counted by the Dutch hyphenation patterns of pyphen, which miss a break or two in a hundred words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyphen
from bs4 import BeautifulSoup, Tag

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_END = re.compile(r"(?<=[.!?])\s+")
_HYPHENS = pyphen.Pyphen(lang="nl_NL", left=1, right=1)

NEVER = (
    "voorspel",
    "hotspot",
    "hot spot",
    "risicogebied",
    "risicowijk",
    "probleemwijk",
    "predictive",
    "verdachte plek",
)
"""Words that promise too much, or put a stamp on people who live somewhere."""
HARD = (
    "aangaande", "abusievelijk", "accumul", "actualiseren", "additioneel", "aggreg", "anonimis", "baseline",
    "betreffende", "conform", "dataset", "derhalve", "dienen te", "ten behoeve van", "evalu", "faciliteren",
    "implement", "inzake", "jegens", "krachtens", "margina", "middels", "monitor", "omtrent", "optimali",
    "parameter", "pseudonim", "relevant", "significant", "statistisch", "teneinde", "tevens", "validat",
    "verwerkingsverantwoordelijke", "voornoemd", "desalniettemin", "ongeacht",
)  # fmt: skip
"""Beginnings of words that somebody with B1 does not know, or that sound like an office."""


@dataclass(frozen=True)
class Reading:
    """What was counted in a text."""

    words: int
    syllables: int
    sentences: int
    longest: str

    @property
    def ease(self) -> float:
        """Flesch-Douma: higher is easier."""
        return 206.84 - 77 * self.syllables / self.words - 0.93 * self.words / self.sentences


def sentences_of(page: bytes) -> list[str]:
    """Give the running text of a page, a sentence each: paragraphs, points and captions of its main part."""
    main = BeautifulSoup(page, "html.parser").find("main")
    assert isinstance(main, Tag)
    for aside in main.find_all(["svg", "table", "select"]):
        aside.decompose()
    blocks = [tag for tag in main.find_all(["p", "li", "figcaption", "dd"]) if not tag.find(["p", "li"])]
    texts = [" ".join(tag.get_text(" ").split()) for tag in blocks]
    return [sentence for text in texts for sentence in _END.split(text) if _WORD.search(sentence)]


def reading_of(sentences: list[str]) -> Reading:
    """Count words, syllables and sentences."""
    words = [_WORD.findall(sentence) for sentence in sentences]
    syllables = sum(len(_HYPHENS.positions(word.lower())) + 1 for line in words for word in line)
    longest = max(sentences, key=lambda one: len(_WORD.findall(one)))
    return Reading(sum(map(len, words)), syllables, len(sentences), longest)


def length_of(sentence: str) -> int:
    """Count the words of a sentence."""
    return len(_WORD.findall(sentence))
