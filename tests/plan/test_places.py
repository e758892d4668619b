# SPDX-License-Identifier: EUPL-1.2
"""What is told of a place."""

from plan.made_town import WEEK, make_town
from stip.plan import Question, propose
from stip.settings import PlanSettings

FEW = PlanSettings(max_places=3, place_cells=(2, 4))


def test_reasons_come_from_the_busiest_cell(rng):
    town = make_town(rng.random((6, 6)))
    outlook = town.outlook.assign(reasons=[[f"in dit vak staat {cell}"] for cell in town.outlook["cell"]])
    proposal = propose(outlook, town.cells, town.areas, Question(WEEK, FEW))
    expected = town.outlook.set_index("cell")["expected"]
    place = next(place for place in proposal.places if place.origin == "outlook")
    busiest = expected.loc[list(place.cells)].idxmax()
    assert place.reasons[0] == f"in het drukste vak staat {busiest}"
    assert "verwacht" in place.reasons[1]


def test_no_fact_counts_one_cell_with_a_few_dwellings(rng):
    town = make_town(rng.random((6, 6)))
    outlook = town.outlook.assign(reasons=[["3 meldingen in dit vak", "9 binnen 250 meter"]] * len(town.outlook))
    expected = town.outlook.set_index("cell")["expected"]
    place = next(p for p in propose(outlook, town.cells, town.areas, Question(WEEK, FEW)).places)
    busiest = expected.loc[list(place.cells)].idxmax()
    others = [cell for cell in place.cells if cell != busiest]
    few = town.cells.assign(dwellings=town.cells["dwellings"].mask(town.cells["cell"] == busiest, 4))
    few["dwellings"] = few["dwellings"].mask(few["cell"].isin(others), 40)
    again = next(p for p in propose(outlook, few, town.areas, Question(WEEK, FEW)).places if p.cells == place.cells)
    assert place.reasons[0] == "3 meldingen in het drukste vak"
    assert again.reasons[0] == "9 binnen 250 meter"
    assert not any("drukste vak" in reason for reason in again.reasons)
