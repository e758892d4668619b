# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pandas as pd
import pytest

from learn.conftest import TYPE
from learn.test_totals import SETTINGS, scored
from stip.learn import Choice, Judged, Stream, people_beside, totals_of
from stip.learn.people import KINDS


def judged(came: list[list[int]], stream: Stream, *, places: int = 3, crime_type: str = "all") -> Judged:
    """Judge cells 100 and 101; the outlook points at 0 … 5 and the baseline at 0, 1, 2, 50, 51, 52."""
    summed = totals_of(*scored(came, [Choice(stream, (100, 101))], places=places), SETTINGS)
    return next(each for each in people_beside(summed, SETTINGS, crime_type=crime_type) if each.stream is stream)


@pytest.mark.parametrize("stream", [Stream.PERSON, Stream.BETTER])
def test_people_who_did_better_are_said_to_with_how_sure_that_is(stream: Stream) -> None:
    told = judged([[100, 101, 101, 60]] * 13, stream)
    assert told.judgements == 39
    assert told.sentence.startswith(
        "Van 52 meldingen in 13 weken vielen er, in telkens evenveel vakken, 39 (75 %) op de "
        f"{stream.label}, 0 (0 %) in die van de vooruitblik en 0 (0 %) in die van de telling ernaast."
    )
    for rival in ("vooruitblik", "telling ernaast"):
        words = (
            f"De {stream.label} deden het beter dan de {rival}; dat is 95 % zeker (75,0 tot 75,0 procentpunt meer)."
        )
        assert words in told.sentence


def test_people_can_beat_the_one_and_not_the_other() -> None:
    told = judged([[3, 4, 5, 3, 4, 5, 100]] * 13, Stream.BETTER).sentence
    assert "De vooruitblik deed het beter dan de plekken met ‘beter hier’; dat is 95 % zeker" in told
    assert "De plekken met ‘beter hier’ deden het beter dan de telling ernaast; dat is 95 % zeker" in told


def test_no_difference_is_said_to_be_none() -> None:
    told = judged([[60, 61, 62]] * 13, Stream.PERSON).sentence
    assert "De eigen plekken deden het niet beter dan de vooruitblik" in told
    assert "hun winst kleiner dan 2 procentpunt" in told


def test_what_can_go_either_way_is_no_verdict() -> None:
    weeks = [[100, 101, 100], [0, 1, 2, 3, 4, 5]] * 6 + [[100]]
    told = judged(weeks, Stream.PERSON).sentence
    assert "Geen uitspraak mogelijk over de eigen plekken tegenover de vooruitblik: het verschil ligt" in told


def test_under_thirty_judgements_nothing_is_said_of_who_did_better() -> None:
    told = judged([[100, 101, 101, 60]] * 13, Stream.BETTER, places=2)
    assert told.judgements == 26
    assert told.sentence == (
        "Nog geen uitspraak mogelijk over de plekken met ‘beter hier’: er zijn 26 gekozen plekken en er zijn er 30 "
        "nodig."
    )
    enough = judged([[100, 101, 101, 60]] * 10, Stream.BETTER, places=3)
    assert "definitieve weken" in enough.sentence


def test_each_kind_has_its_line_also_when_nobody_said_anything() -> None:
    summed = totals_of(*scored([[0, 1]] * 13), SETTINGS)
    told = people_beside(summed, SETTINGS, crime_type=TYPE)
    assert [each.stream for each in told] == list(KINDS)
    assert all("er zijn er nog geen, en er zijn er 30 nodig" in each.sentence for each in told)
    assert len(people_beside(pd.DataFrame(columns=summed.columns), SETTINGS)) == len(KINDS)


def test_places_that_were_dropped_are_judged_by_what_came_there() -> None:
    told = judged([[100, 101, 101, 100, 100]] * 13, Stream.DOUBTED).sentence
    assert "Wie schrapte of verlaagde, had geen gelijk: er kwam meer dan verwacht." in told
