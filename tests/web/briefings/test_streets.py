# SPDX-License-Identifier: EUPL-1.2
"""Where a place is, in streets: never a house, never a street of a few houses."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from stip.agreements import record_pause
from stip.plan import proposal_of
from stip.store import Workspace, read_addresses
from stip_web.briefings.streets import Street, in_words, streets_of

from .conftest import NOW, newest

ON = date(2026, 9, 7)


def cells_of(workspace: Workspace) -> list[tuple[int, ...]]:
    return [place.cells for place in proposal_of(newest(workspace)).places]


def test_each_street_of_a_place_is_counted_from_the_table(site: Path) -> None:
    workspace = Workspace.open(site)
    addresses = read_addresses(workspace).dropna(subset=["street"])
    at = pd.Series(workspace.grid.cell_at(addresses["x_m"].to_numpy(), addresses["y_m"].to_numpy()), addresses.index)
    in_town = addresses["street"].value_counts()
    places = cells_of(workspace)
    for cells, found in zip(places, streets_of(workspace, places, on=ON), strict=True):
        counts = addresses[at.isin(cells)]["street"].value_counts()
        allowed = counts[in_town.reindex(counts.index) >= workspace.settings.dwellings.minimum]
        assert {street.name for street in found} == set(allowed.index)
        assert [allowed[street.name] for street in found] == sorted(allowed, reverse=True)


def test_no_house_number_comes_along(site: Path) -> None:
    workspace = Workspace.open(site)
    places = cells_of(workspace)
    said = [in_words(found) for found in streets_of(workspace, places, on=ON)]
    assert any(said)
    streets = {str(name) for name in read_addresses(workspace)["street"].dropna()}
    for sentence in said:
        named = sentence.replace(" en ", ", ").split(", ")
        assert all(name in streets or name.endswith(("andere straten", "andere straat")) for name in named if name)


def test_a_street_with_few_addresses_is_not_named(own_site: Path) -> None:
    workspace = Workspace.open(own_site)
    places = cells_of(workspace)
    street = next(found[0].name for found in streets_of(workspace, places, on=ON) if found)
    path = workspace.data / "addresses.parquet"
    table = pq.read_table(path)
    of_street = np.array([name == street for name in table["street"].to_pylist()])
    pq.write_table(table.filter(~of_street | (of_street.cumsum() < workspace.settings.dwellings.minimum)), path)
    assert street not in {each.name for found in streets_of(workspace, places, on=ON) for each in found}


def test_without_a_table_or_its_agreement_no_street_is_named(own_site: Path) -> None:
    workspace = Workspace.open(own_site)
    places = cells_of(workspace)
    record_pause(workspace, "source:adressen", paused=True, reason="Tabel wordt nagekeken", role="analist", at=NOW)
    assert streets_of(workspace, places, on=ON) == [[] for _ in places]
    (workspace.data / "addresses.parquet").unlink()
    assert streets_of(workspace, places, on=ON) == [[] for _ in places]


def test_streets_in_words() -> None:
    streets = [Street(f"{name}straat", 0, 0) for name in ("Aal", "Brasem", "Karper", "Snoek", "Zeelt", "Winde")]
    assert in_words([]) == ""
    assert in_words(streets[:1]) == "Aalstraat"
    assert in_words(streets[:4]) == "Aalstraat, Brasemstraat, Karperstraat en Snoekstraat"
    assert in_words(streets[:5]) == "Aalstraat, Brasemstraat, Karperstraat, Snoekstraat en 1 andere straat"
    assert in_words(streets) == "Aalstraat, Brasemstraat, Karperstraat, Snoekstraat en 2 andere straten"
