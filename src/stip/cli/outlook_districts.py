# SPDX-License-Identifier: EUPL-1.2
"""How a backtest by district looks on the terminal."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from stip.cli.show import number, say, table
from stip.outlook import DISTRICT_SHARES, ENOUGH_INCIDENTS, district_spread, model_label
from stip.store import Workspace, read_areas
from stip.words import share

_JUDGED = 0.03


def districts_as_json(apart: pd.DataFrame) -> dict[str, Any]:
    """Return the figures of each district and how far they lie apart; what is not compared is null."""
    return {
        "districts": json.loads(apart.to_json(orient="records")),
        "spread": json.loads(district_spread(apart).to_json(orient="records")),
    }


def show_districts(workspace: Workspace, apart: pd.DataFrame, *, subject: str, baseline: str) -> None:
    """Print each district in order of name, and in how many the baseline served better."""
    names = read_areas(workspace).district_names()
    far = district_spread(apart)
    for crime_type, of_type in apart.groupby("crime_type", sort=False):
        label = workspace.settings.crime_types[str(crime_type)].label
        say("")
        say(f"{label}, per wijk. Welk deel viel in de hoogste vakken van de wijk zelf?")
        _table(of_type, names, baseline)
        _too_few(of_type[of_type["area_share"] == _JUDGED], names)
        _sentences(far[(far["crime_type"] == crime_type) & (far["area_share"] == _JUDGED)].iloc[0], baseline, subject)
    say("Deze tabel zegt iets over de vooruitblik, niets over de mensen in een wijk.")


def _table(of_type: pd.DataFrame, names: dict[str, str], baseline: str) -> None:
    compared = of_type[of_type["enough"]].assign(name=_named(of_type, names))
    own = compared.pivot_table(index="district", columns="area_share", values="own_hits")
    judged = compared[compared["area_share"] == _JUDGED].sort_values(["name", "district"])
    if judged.empty:
        return
    table(
        (
            "wijk",
            "vakken",
            "meldingen",
            *(f"{number(100 * part)} %" for part in DISTRICT_SHARES),
            f"3 %, {model_label(baseline)}",
            "3 % van de gemeente",
            "verwacht : kwam",
        ),
        [
            (
                str(row["name"]),
                number(row["cells"]),
                number(row["total"]),
                *(
                    share(float(hits), float(row["total"]))
                    for hits in own.loc[row["district"], list(DISTRICT_SHARES)]
                ),
                share(float(row["beside_own_hits"]), float(row["total"])),
                share(float(row["town_hits"]), float(row["total"])),
                number(row["calibration"], 2),
            )
            for row in judged.to_dict("records")
        ],
        right=range(1, 9),
    )


def _too_few(judged: pd.DataFrame, names: dict[str, str]) -> None:
    few = sorted(_named(judged[~judged["enough"]], names))
    if few:
        say(f"Te weinig om te vergelijken, minder dan {ENOUGH_INCIDENTS} meldingen: {', '.join(few)}.")


def _named(districts: pd.DataFrame, names: dict[str, str]) -> pd.Series[str]:
    return districts["district"].map(lambda code: names.get(code, code)).astype(str)


def _sentences(far: pd.Series[Any], baseline: str, subject: str) -> None:
    if far["compared"] == 0:
        say("Zo is geen enkele wijk te vergelijken. Vraag meer weken met --weeks.")
        return
    rates = [f"{number(100 * far[rate])} %" for rate in ("worst_rate", "median_rate", "best_rate")]
    say(
        f"{number(far['compared'])} van de {number(far['districts'])} wijken zijn te vergelijken. In 3 % van de "
        f"eigen vakken viel in de wijk waar dat het minst was {rates[0]}, in de middelste {rates[1]}, en in de "
        f"wijk waar dat het meest was {rates[2]}."
    )
    if subject != baseline:
        _served(far, baseline, subject)
    if far["missed"]:
        say(
            f"In {number(far['missed'])} van die wijken viel niets in de hoogste 3 % van de vakken van de hele "
            "gemeente. Een plan met alleen die vakken was daar in die weken geen enkele keer op de goede plek."
        )


def _served(far: pd.Series[Any], baseline: str, subject: str) -> None:
    say(
        f"‘{model_label(baseline)}’ ving meer dan ‘{model_label(subject)}’ in {number(far['baseline_better'])} van "
        f"die wijken, in {number(far['baseline_surely'])} daarvan met 95 % zekerheid. Andersom was het in "
        f"{number(far['model_surely'])} wijken zeker."
    )
