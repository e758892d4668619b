# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stip.learn import Difference, Ground, Stream, Verdict, sentence_of, verdict_of
from stip.settings import LearnSettings

SETTINGS = LearnSettings()


def ground(
    low: float,
    high: float,
    *,
    stream: Stream = Stream.OUTLOOK,
    beside: Stream = Stream.BASELINE,
    weeks: int = 20,
    total: float = 200,
    judgements: int = 40,
) -> Ground:
    difference = Difference(0.34 * total, 0.30 * total, total, (low + high) / 2, low, high)
    return Ground(stream, beside, weeks, judgements, difference)


@pytest.mark.parametrize(
    ("low", "high", "verdict", "words"),
    [
        (0.01, 0.07, Verdict.BETTER, "De vooruitblik was beter dan de telling ernaast."),
        (-0.07, -0.01, Verdict.WORSE, "De vooruitblik was slechter dan de telling ernaast."),
        (-0.03, 0.019, Verdict.NOT_BETTER, "De vooruitblik was niet beter dan de telling ernaast."),
        (-0.02, 0.08, Verdict.UNDECIDED, "Nog geen uitspraak mogelijk: het kan nog beide kanten op."),
        (0.0, 0.08, Verdict.UNDECIDED, "Nog geen uitspraak mogelijk"),
        (-0.08, 0.0, Verdict.NOT_BETTER, "niet beter"),
    ],
)
def test_the_interval_decides(low: float, high: float, verdict: Verdict, words: str) -> None:
    assert verdict_of(ground(low, high), SETTINGS) is verdict
    assert words in sentence_of(ground(low, high), SETTINGS)


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        ({"weeks": 11}, "er zijn 11 definitieve weken en er zijn er 12 nodig"),
        ({"total": 29.0}, "er zijn 29 meldingen en er zijn er 30 nodig"),
        ({"stream": Stream.PERSON, "judgements": 29}, "er zijn 29 gekozen plekken en er zijn er 30 nodig"),
    ],
)
def test_too_little_allows_nothing_to_be_said(lacking: dict[str, object], words: str) -> None:
    told = ground(0.2, 0.3, **lacking)  # type: ignore[arg-type]
    assert verdict_of(told, SETTINGS) is Verdict.TOO_FEW
    assert sentence_of(told, SETTINGS).startswith("Nog geen uitspraak mogelijk over de ")
    assert words in sentence_of(told, SETTINGS)
    assert "beter" not in sentence_of(told, SETTINGS)


def test_judgements_are_asked_of_people_not_of_the_outlook() -> None:
    assert verdict_of(ground(0.2, 0.3, judgements=0), SETTINGS) is Verdict.BETTER
    people = ground(0.2, 0.3, stream=Stream.PERSON, beside=Stream.OUTLOOK, judgements=30)
    assert "De eigen plekken waren beter dan de vooruitblik." in sentence_of(people, SETTINGS)


def test_the_figures_come_first() -> None:
    sentence = sentence_of(ground(-0.021, 0.084), SETTINGS)
    assert sentence.startswith(
        "Van 200 meldingen in 20 weken vielen er 68 (34 %) in de vakken van de vooruitblik en 60 (30 %) in "
        "evenveel vakken van de telling ernaast. "
        "Het verschil ligt met 95 % zekerheid tussen -2,1 en 8,4 procentpunt, hoe vaak u ook kijkt."
    )


def test_the_baseline_is_called_by_its_one_name_when_it_was_one() -> None:
    named = replace(ground(0.01, 0.07), baseline="de laatste 52 weken")
    sentence = sentence_of(named, SETTINGS)
    assert "in evenveel vakken van ‘de laatste 52 weken’" in sentence
    assert sentence.endswith("De vooruitblik was beter dan ‘de laatste 52 weken’.")


def test_places_that_were_dropped_are_told_by_what_was_expected_there() -> None:
    right = ground(0.01, 0.05, stream=Stream.DOUBTED, beside=Stream.OUTLOOK)
    assert sentence_of(right, SETTINGS).startswith(
        "Op de geschrapte of verlaagde plekken verwachtte de vooruitblik 68,0 meldingen in 20 weken; "
        "het werden er 60,0."
    )
    assert "had gelijk" in sentence_of(right, SETTINGS)
    wrong = ground(-0.05, -0.01, stream=Stream.DOUBTED, beside=Stream.OUTLOOK)
    assert "had geen gelijk" in sentence_of(wrong, SETTINGS)


@given(
    st.floats(-1, 1),
    st.floats(0, 1),
    st.sampled_from([(s, b) for s in Stream for b in (Stream.OUTLOOK, Stream.BASELINE) if s is not b]),
    st.integers(0, 60),
    st.floats(0, 500),
    st.integers(0, 60),
)
def test_every_ground_has_one_verdict_and_a_whole_sentence(
    low: float, width: float, sides: tuple[Stream, Stream], weeks: int, total: float, judgements: int
) -> None:
    told = ground(low, low + width, stream=sides[0], beside=sides[1], weeks=weeks, total=total, judgements=judgements)
    sentence = sentence_of(told, SETTINGS)
    assert sentence.endswith(".")
    assert ("geen uitspraak" in sentence) == (verdict_of(told, SETTINGS) in (Verdict.TOO_FEW, Verdict.UNDECIDED))
    assert "nan" not in sentence
