# SPDX-License-Identifier: EUPL-1.2
"""Making the sample town: the layers, the police files and the truth, in one folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pandas as pd
import pyarrow.parquet as pq

from stip.errors import SettingsError
from stip.samples.deliveries import deliver
from stip.samples.geography import build_town
from stip.samples.history import SCALES, live_through
from stip.samples.layers import layer_tables, write_layer_file
from stip.samples.mess import as_csv, make_a_mess
from stip.samples.police import add_police_work, recorded_place
from stip.samples.seal import hash_bytes, hash_table, hash_truth
from stip.samples.truth import FAULTS, INCIDENTS, TRUTH, incidents_table, truth_table

SEED = 20230911
Size = Literal["full", "small"]


@dataclass(frozen=True)
class SampleTown:
    """A sample town on disk.

    Attributes
    ----------
    folder : Path
    size : str
    seed : int
    history : Path
        Police file with all that was known before the first weekly file.
    weekly : tuple of Path
        Police file of each week, in order; it comes on the Monday after its week.
    truth, truth_incidents, truth_faults : Path
    seals : dict of str to str
        Hash of each part, as `stip.samples.seal.frozen` keeps them for the standard seed.
    """

    folder: Path
    size: Size
    seed: int
    history: Path
    weekly: tuple[Path, ...]
    truth: Path
    truth_incidents: Path
    truth_faults: Path
    seals: dict[str, str]

    @property
    def areas(self) -> Path:
        """The neighbourhoods."""
        return self.folder / "buurten.gpkg"

    @property
    def addresses(self) -> Path:
        """The address table."""
        return self.folder / "adressen.csv"

    @property
    def dwellings(self) -> Path:
        """A point for each dwelling."""
        return self.folder / "verblijfsobjecten.gpkg"


def make_town(folder: Path | str, *, seed: int = SEED, size: Size = "full", weekly_files: int = 12) -> SampleTown:
    """Make the sample town in a folder.

    Parameters
    ----------
    folder : path
        Is made when it is not there; files of the same names are replaced.
    seed : int
        Another seed is another town with the same main roads.
    size : {"full", "small"}
        Three years of some 32,000 dwellings, or one year of the middle of the town.
    weekly_files : int
        How many of the last weeks come as a file of their own.

    Raises
    ------
    SettingsError
        When the size is unknown, or there are not so many weeks.
    """
    if size not in SCALES:
        raise SettingsError(f"De proefstad kent de maat ‘{size}’ niet. Kies full of small.")
    scale = SCALES[size]
    if not 1 <= weekly_files <= scale.weeks - 13:
        raise SettingsError(f"{weekly_files} weekbestanden kan niet. Kies 1 tot en met {scale.weeks - 13}.")
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    town = build_town(seed=seed, small=size == "small")
    history = live_through(town, scale, seed=seed)
    records = add_police_work(history.incidents, seed=seed)
    seals: dict[str, str] = {TRUTH: hash_truth(history)}
    pq.write_table(truth_table(history), folder / TRUTH, compression="zstd")
    incidents = incidents_table(records, recorded_place(records, town, seed=seed))
    for name, table in layer_tables(town, seed=seed).items():
        seals[name] = hash_table(table)
        write_layer_file(table, folder / name)
    police, faults = [], []
    for number, delivery in enumerate(deliver(records, town, weekly_files=weekly_files, seed=seed)):
        rows, planted = make_a_mess(delivery.rows, name=delivery.name, number=number, seed=seed)
        content = as_csv(rows)
        seals[delivery.name] = hash_bytes(content)
        (folder / delivery.name).write_bytes(content)
        police.append(folder / delivery.name)
        faults.append(planted)
    for name, table in ((INCIDENTS, incidents), (FAULTS, pd.concat(faults, ignore_index=True))):
        seals[name] = hash_table(table)
        table.to_parquet(folder / name, index=False)
    return SampleTown(
        folder=folder,
        size=size,
        seed=seed,
        history=police[0],
        weekly=tuple(police[1:]),
        truth=folder / TRUTH,
        truth_incidents=folder / INCIDENTS,
        truth_faults=folder / FAULTS,
        seals=seals,
    )
