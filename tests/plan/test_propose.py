# SPDX-License-Identifier: EUPL-1.2
"""What every plan keeps to, whatever the town."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan.made_town import WEEK, make_town, past_plan
from stip.errors import PlanError
from stip.plan import Proposal, Question, propose
from stip.plan.draw import Frame, draw
from stip.plan.shapes import connected, most_steps, steps_in
from stip.settings import PlanSettings
from stip.space import Grid, shift_week

FEW = PlanSettings(max_places=3, place_cells=(2, 4))
"""A quick plan: little hinges on how many places there are."""


def plan_for(town, question, **given_tables) -> Proposal:
    return propose(town.outlook, town.cells, town.areas, question, **given_tables)


def check(proposal, town, question):
    """Hold a proposal against every rule."""
    asked = question.settings
    fewest, most = asked.place_cells
    cells = [cell for place in proposal.places for cell in place.cells]
    assert len(cells) == len(set(cells))
    assert proposal.planned_hours <= asked.hours + 1e-6
    district_of = dict(zip(town.cells["cell"], town.cells["area_code"].map(town.areas.district_of()), strict=True))
    homes = dict(zip(town.cells["cell"], town.cells["dwellings"], strict=True))
    here = set(proposal.parts[0].codes)
    for place in proposal.places:
        column, row = Grid.column_row(np.array(place.cells))
        assert connected(list(zip(column.tolist(), row.tolist(), strict=True)))
        assert steps_in(zip(column.tolist(), row.tolist(), strict=True)) <= most_steps(asked)
        assert fewest <= len(place.cells) <= most
        assert 1 <= place.visits <= asked.max_visits
        assert place.hours == pytest.approx(place.visits * asked.hours_per_visit + asked.travel_hours)
        counts = [homes[cell] for cell in place.cells]
        unknown = any(np.isnan(counts))
        assert place.dwellings == (None if unknown else sum(counts))
        assert unknown or sum(counts) == 0 or sum(counts) >= question.dwellings_minimum
        assert place.low <= place.high
        assert place.reached <= place.expected + 1e-12
        assert len(place.reasons) <= 3
        if here:
            assert {district_of[cell] for cell in place.cells} <= here
    assert len(proposal.places) <= asked.max_places
    assert len(here) <= asked.districts_per_week
    assert proposal.objective <= proposal.bound + 1e-9
    assert proposal.bound <= proposal.relaxed_bound + 1e-6 or not proposal.proven
    drawn = {place.place_id for place in proposal.places if place.origin == "random"}
    assert drawn == {patch.place_id for patch in proposal.frame if patch.state == "drawn"}
    assert all(patch.overlap == 0 for patch in proposal.frame)  # nobody changed anything
    assert sum(patch.probability for patch in proposal.frame) == pytest.approx(len(drawn) + len(proposal.refused))


@st.composite
def towns(pick):
    rng = np.random.default_rng(pick(st.integers(0, 100_000)))
    rows, columns, types = pick(st.integers(4, 8)), pick(st.integers(6, 12)), pick(st.integers(1, 2))
    values = rng.gamma(0.4, 0.1, size=(types, rows, columns)) + 1e-3
    homes = rng.choice([0.0, 4, 12, 60, np.nan], size=(rows, columns))
    asked = PlanSettings(
        hours=pick(st.sampled_from([10.0, 33.0, 96.0])),
        travel_hours=pick(st.sampled_from([0.0, 0.5, 1.25])),
        max_visits=pick(st.integers(1, 3)),
        place_cells=pick(st.sampled_from([(1, 3), (2, 6), (4, 9)])),
        max_places=pick(st.integers(1, 7)),
        districts_per_week=pick(st.integers(0, 2)),
        random_share=pick(st.sampled_from([0.0, 0.2, 0.5])),
        gap=pick(st.sampled_from([0.0, 0.01])),
    )
    town = make_town(values, districts=pick(st.integers(1, 3)), dwellings=homes)
    return town, Question(WEEK, asked, seed=pick(st.integers(0, 1000)))


@settings(max_examples=25, deadline=None)
@given(towns())
def test_every_plan_keeps_the_rules(made):
    town, question = made
    proposal = plan_for(town, question)
    check(proposal, town, question)


def test_the_same_question_gets_the_same_plan(rng):
    town = make_town(rng.random((2, 9, 12)), districts=3)
    one, two = (plan_for(town, Question(WEEK, FEW, seed=8)) for _ in range(2))
    assert replace(one, seconds=0) == replace(two, seconds=0)


def test_inputs_are_not_changed(rng):
    town = make_town(rng.random((2, 8, 12)), districts=3)
    before = town.outlook.copy(deep=True), town.cells.copy(deep=True)
    plan_for(town, Question(WEEK, FEW))
    assert town.outlook.equals(before[0])
    assert town.cells.equals(before[1])


def test_the_random_place_is_there_with_its_chance(rng):
    town = make_town(rng.random((12, 24)), districts=2)
    proposal = plan_for(town, Question(WEEK, seed=4))
    drawn = [place for place in proposal.places if place.origin == "random"]
    assert len(drawn) == 1
    assert drawn[0].probability == pytest.approx(1 / len(proposal.frame))
    assert drawn[0].reasons[0].startswith("Geloot: de kans op deze plek was 1 op ")
    assert all(place.probability == 1 for place in proposal.places if place.origin == "outlook")


def test_the_part_of_the_town_does_not_depend_on_the_draw(rng):
    town = make_town(rng.random((8, 24)), districts=4)
    parts = {plan_for(town, Question(WEEK, FEW, seed=seed)).parts[0].codes for seed in range(4)}
    assert len(parts) == 1


def test_what_is_drawn_is_the_draw_that_was_tested(rng):
    town = make_town(rng.random((8, 12)), districts=2)
    asked = FEW.model_copy(update={"max_places": 5, "random_share": 0.4})
    for seed in range(5):
        proposal = plan_for(town, Question(WEEK, asked, seed=seed))
        patches = tuple(patch.cells for patch in proposal.frame)
        result = draw(Frame(patches, 0), 2, seed=seed)
        random = [place for place in proposal.places if place.origin == "random"]
        assert {place.cells for place in random} == {patches[number] for number in result.drawn}
        assert {place.probability for place in random} == {result.probability} == {2 / len(patches)}


def test_the_draw_never_touches_what_the_outlook_proposes_and_its_chances_come_true(rng):
    town = make_town(rng.random((10, 20)), districts=2)
    asked = FEW.model_copy(update={"max_places": 5, "random_share": 0.4})
    plans = [plan_for(town, Question(WEEK, asked, seed=seed)) for seed in range(12)]
    frame = plans[0].frame
    chosen = {place.cells for place in plans[0].places if place.origin == "outlook"}
    taken = {cell for cells in chosen for cell in cells}
    assert plans[0].touched >= 3
    assert all(taken.isdisjoint(patch.cells) for patch in frame)
    for plan in plans:  # whatever the draw, the frame and the other places are the same
        assert [patch.cells for patch in plan.frame] == [patch.cells for patch in frame]
        assert {place.cells for place in plan.places if place.origin == "outlook"} == chosen
        assert {patch.overlap for patch in plan.frame} == {0}
    drawn = np.zeros(len(frame))
    draws = 10_000
    for seed in range(draws):
        drawn[list(draw(Frame(tuple(patch.cells for patch in frame), 0), 2, seed=seed).drawn)] += 1
    chance = np.array([patch.probability for patch in frame])
    assert chance == pytest.approx(2 / len(frame))
    assert np.abs(drawn - draws * chance).max() < 4.5 * np.sqrt(draws * chance * (1 - chance)).max()


def test_the_plan_beside_the_draw_is_the_best_there_is(rng):
    town = make_town(rng.random((5, 5)))
    base = PlanSettings(max_places=2, gap=0, place_cells=(2, 3), districts_per_week=0, random_floor=0)
    with_draw = plan_for(town, Question(WEEK, base, seed=3))
    drawn = next(place for place in with_draw.places if place.origin == "random")
    hours = base.hours - drawn.hours
    rest = base.model_copy(update={"hours": hours, "max_places": 1, "random_share": 0})
    alone = propose(town.outlook, town.cells, town.areas, Question(WEEK, rest))
    assert with_draw.objective == pytest.approx(alone.objective, rel=1e-9)
    assert {place.cells for place in alone.places} < {place.cells for place in with_draw.places}


def test_the_best_district_is_chosen_and_the_others_named():
    values = np.full((6, 18), 0.01)
    values[:, 6:12] = 0.2
    town = make_town(values, districts=3)
    proposal = plan_for(town, Question(WEEK))
    assert proposal.parts[0].codes == ("WK01",)
    assert proposal.parts[0].state == "chosen"
    assert {part.codes for part in proposal.parts[1:]} == {("WK00",), ("WK02",)}
    assert "Deze week Wijk 01 (nog niet aan de beurt geweest)." in proposal.why
    assert {place.district for place in proposal.places} == {"Wijk 01"}


def test_two_adjoining_districts_and_never_two_apart():
    values = np.full((4, 18), 0.01)
    values[:, :6] = 0.3
    values[:, 12:] = 0.3
    town = make_town(values, districts=3)
    question = Question(WEEK, PlanSettings(districts_per_week=2, random_share=0))
    proposal = plan_for(town, question)
    assert proposal.parts[0].codes in {("WK00", "WK01"), ("WK01", "WK02")}
    check(proposal, town, question)


def cells_of_district(town, code):
    here = town.cells["area_code"].map(town.areas.district_of()) == code
    return tuple(int(cell) for cell in town.cells.loc[here, "cell"][:3])


def test_a_district_that_had_its_turns_is_passed_over_unless_there_is_a_reason():
    values = np.full((6, 12), 0.01)
    values[:, :6] = 0.2
    town = make_town(values, districts=2)
    busy = cells_of_district(town, "WK00")
    past = past_plan({shift_week(WEEK, -1): [busy], shift_week(WEEK, -3): [busy]})
    proposal = plan_for(town, Question(WEEK), past=past)
    assert proposal.parts[0].codes == ("WK01",)
    assert any("Al vaak genoeg aan de beurt: Wijk 00" in sentence for sentence in proposal.why)
    reason = "Evenement op het plein."
    asked = Question(WEEK, PlanSettings(rotation_growth=0), passed_rules={"rotation": reason})
    allowed = plan_for(town, asked, past=past)
    assert allowed.parts[0].codes == ("WK00",)
    assert allowed.warnings[0] == f"Tegen de spreiding in, met deze reden: {reason}"


def test_a_heavy_centre_never_has_two_weeks_running():
    values = np.full((4, 12), 0.01)
    values[:, :4] = 1.0
    town = make_town(values, districts=3)
    asked = PlanSettings(random_share=0, max_places=1, place_cells=(2, 2))
    history: dict[str, list] = {}
    went = []
    for number in range(8):
        week = shift_week(WEEK, number)
        past = past_plan(history) if history else None
        outlook = town.outlook.assign(week=week)
        proposal = propose(outlook, town.cells, town.areas, Question(week, asked), past=past)
        history[week] = [place.cells for place in proposal.places]
        went.append(proposal.parts[0].codes[0])
    assert went[::2] == ["WK00"] * 4
    assert all(one != other for one, other in zip(went, went[1:], strict=False))
    assert {"WK01", "WK02"} == set(went[1::2])


def test_a_whole_town_of_which_every_neighbourhood_had_its_turn_is_planned_and_that_is_told(rng):
    town = make_town(rng.random((6, 12)), districts=2)
    places = [(int(cell),) for cell in town.cells.groupby("area_code")["cell"].first()]
    past = past_plan({shift_week(WEEK, -1): places})
    asked = PlanSettings(districts_per_week=0, random_share=0)
    told = plan_for(town, Question(WEEK, asked), past=past).warnings
    assert any(sentence.startswith("Elke buurt was al aan de beurt.") for sentence in told)
    fresh = plan_for(town, Question(WEEK, asked), past=past_plan({shift_week(WEEK, -1): places[:1]}))
    assert not any("Elke buurt" in sentence for sentence in fresh.warnings)
    assert "BU000" not in {place.area_code for place in fresh.places}


def test_when_every_district_had_its_turns_the_sentence_says_what_to_do():
    town = make_town(np.full((6, 12), 0.1), districts=2)
    weeks = [shift_week(WEEK, -back) for back in (1, 2)]
    places = [cells_of_district(town, code) for code in ("WK00", "WK01")]
    with pytest.raises(PlanError, match="--reason-rotation"):
        plan_for(town, Question(WEEK), past=past_plan(dict.fromkeys(weeks, places)))


def test_a_town_of_one_district_has_no_rotation_and_says_so():
    town = make_town(np.full((6, 12), 0.1), districts=1)
    place = cells_of_district(town, "WK00")
    past = past_plan({shift_week(WEEK, -back): [place] for back in (1, 2, 3)})
    proposal = plan_for(town, Question(WEEK), past=past)
    assert proposal.parts[0].codes == ("WK00",)
    assert any("maar één wijk" in warning for warning in proposal.warnings)


def test_over_a_year_the_plan_goes_round_the_town():
    strengths = np.array([1.0, 0.8, 0.6, 0.45, 0.3])
    values = np.repeat(strengths, 4)[None, :] * np.ones((4, 1)) / 100
    town = make_town(values, districts=5)
    asked = PlanSettings(random_share=0, max_places=1, place_cells=(2, 2))
    history: dict[str, list] = {}
    for number in range(52):
        week = shift_week(WEEK, number)
        outlook = town.outlook.assign(week=week)
        past = past_plan(history) if history else None
        proposal = propose(outlook, town.cells, town.areas, Question(week, asked), past=past)
        history[week] = [place.cells for place in proposal.places]
    district_of = town.cells.set_index("cell")["area_code"].map(town.areas.district_of())
    turns = [district_of[places[0][0]] for places in history.values()]
    counts = {code: turns.count(code) for code in sorted(set(turns))}
    assert set(counts) == {f"WK{number:02d}" for number in range(5)}
    assert min(counts.values()) >= 1
    assert list(counts.values()) == sorted(counts.values(), reverse=True)
    for start in range(len(turns) - 4):
        assert max(turns[start : start + 5].count(code) for code in counts) <= 3


def test_the_whole_town_rotates_over_neighbourhoods():
    values = np.full((6, 12), 0.01)
    values[:3, :6] = 0.2
    town = make_town(values, districts=2)
    busy = tuple(int(cell) for cell in town.cells.loc[town.cells["area_code"] == "BU000", "cell"][:3])
    past = past_plan({shift_week(WEEK, -1): [busy], shift_week(WEEK, -2): [busy]})
    asked = PlanSettings(districts_per_week=0, random_share=0)
    proposal = plan_for(town, Question(WEEK, asked), past=past)
    assert all(place.area_code != "BU000" for place in proposal.places)
    assert proposal.districts == ()


def test_without_areas_only_the_whole_town_can_be_planned(rng):
    town = make_town(rng.random((6, 6)))
    with pytest.raises(PlanError, match="districts_per_week"):
        propose(town.outlook, town.cells, None, Question(WEEK))
    proposal = propose(town.outlook, town.cells, None, Question(WEEK, PlanSettings(districts_per_week=0)))
    place = proposal.places[0]
    assert place.areas[0] == place.area_code


def test_cells_without_a_neighbourhood_are_left_out_and_counted(rng):
    town = make_town(rng.random((6, 6)))
    cells = town.cells.assign(area_code=town.cells["area_code"].where(np.arange(36) >= 6, None))
    proposal = propose(town.outlook, cells, town.areas, Question(WEEK))
    assert any(warning.startswith("6 vakken liggen in geen buurt") for warning in proposal.warnings)
    outside = set(cells["cell"][:6])
    assert all(outside.isdisjoint(place.cells) for place in proposal.places)


def test_a_town_without_districts_says_what_to_do(rng):
    town = make_town(rng.random((6, 6)))
    cells = town.cells.assign(area_code=None)
    with pytest.raises(PlanError, match="Geen enkel vak ligt in een wijk"):
        propose(town.outlook, cells, town.areas, Question(WEEK))


def test_planning_on_the_baseline_is_told(rng):
    town = make_town(rng.random((6, 6)))
    asked = Question(WEEK, FEW, baseline_types=("bicycle_theft",), baseline="de laatste 52 weken")
    proposal = plan_for(town, asked)
    assert proposal.use == "baseline"
    assert proposal.warnings[0].endswith("niet beter dan ‘de laatste 52 weken’. Dit plan rekent daarmee.")
    chosen = next(place for place in proposal.places if place.origin == "outlook")
    baseline = town.outlook.set_index("cell")["baseline"]
    assert chosen.expected == pytest.approx(baseline.loc[list(chosen.cells)].sum())
    assert chosen.reasons[0].startswith(f"gewoonlijk {f'{chosen.expected:.2f}'.replace('.', ',')} per week")


def test_a_type_for_which_the_baseline_did_better_is_named(rng):
    town = make_town(rng.random((2, 6, 6)))
    labels = {"bicycle_theft": "Fietsdiefstal", "home_burglary": "Woninginbraak"}
    proposal = plan_for(town, Question(WEEK, FEW, baseline_types=("home_burglary",), labels=labels))
    assert proposal.use == "model"
    assert proposal.warnings[0].startswith("Voor Woninginbraak was de vooruitblik niet beter")
    reasons = " ".join(reason for place in proposal.places for reason in place.reasons)
    assert "Fietsdiefstal: feit over vak" in reasons
    assert "Woninginbraak: gewoonlijk" in reasons


def test_rhythm_gives_day_parts(rng):
    town = make_town(rng.random((6, 6)))
    week = np.zeros((7, 24))
    week[2:5, 16:20] = 1
    proposal = plan_for(town, Question(WEEK), rhythm={"bicycle_theft": week.ravel()})
    assert all(place.when == ("wo–vr 16–20 uur",) for place in proposal.places)


def test_like_the_week_before_keeps_places_that_are_nearly_as_good(rng):
    town = make_town(0.2 * rng.random((10, 10)) + 0.5, districts=1)
    asked = PlanSettings(random_share=0, gap=0, max_places=3, place_cells=(2, 3), keep_bonus=0.3)
    first = plan_for(town, Question(WEEK, asked))
    later = shift_week(WEEK, 1)
    noise = 1 + 0.08 * rng.standard_normal(len(town.outlook))
    outlook = town.outlook.assign(week=later, expected=town.outlook["expected"] * noise)
    past = past_plan({WEEK: [place.cells for place in first.places]})
    free = propose(outlook, town.cells, town.areas, Question(later, asked), past=past)
    like = propose(outlook, town.cells, town.areas, Question(later, asked, like_week=WEEK), past=past)
    old = {place.place_id for place in first.places}
    assert len(old & {place.place_id for place in free.places}) < 3
    assert {place.place_id for place in like.places} == old == set(like.kept)
    assert (like.fresh, like.gone) == ((), ())
    assert 0.75 * free.objective <= like.objective <= free.objective + 1e-9


def test_a_place_that_comes_back_too_often_is_named(rng):
    town = make_town(rng.random((6, 6)), districts=1)
    first = plan_for(town, Question(WEEK, PlanSettings(random_share=0, max_places=1)))
    past = past_plan({shift_week(WEEK, -back): [first.places[0].cells] for back in (1, 2, 3)})
    again = plan_for(town, Question(WEEK, PlanSettings(random_share=0, max_places=1)), past=past)
    assert any(w.startswith("Plek 1 stond al in 3 van de laatste 4 weken") for w in again.warnings)


def test_an_unknown_rule_cannot_be_passed_over(rng):
    with pytest.raises(PlanError, match="‘hours’ ken ik niet"):
        plan_for(make_town(rng.random((4, 4))), Question(WEEK, passed_rules={"hours": "veel werk"}))


def test_a_town_where_no_place_can_be_made_says_so():
    town = make_town(np.full((4, 4), 0.1), dwellings=np.full((4, 4), 1.0))
    with pytest.raises(PlanError, match="geen enkele plek"):
        plan_for(town, Question(WEEK, PlanSettings(place_cells=(1, 3))))
