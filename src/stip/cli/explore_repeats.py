# SPDX-License-Identifier: EUPL-1.2
"""How ``stip explore repeats`` counts, shows and says repeats: pairs, chains and the same place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from stip.cli.explore_input import Asked, records
from stip.cli.show import number, say, say_json, table
from stip.errors import HistoryError
from stip.explore import near_repeat_chains, near_repeats, same_place_repeats

_LONGEST_DAYS = 7
_SOON_DAYS = 28
_SURE = 0.05


@dataclass(frozen=True)
class Link:
    """How near in place and time two incidents of one chain lie."""

    distance_m: float
    days: float


@dataclass(frozen=True)
class Repeats:
    """What was found, and in what.

    Attributes
    ----------
    asked : Asked
    link : Link
    incidents, without_known_time : int
    precision_m : float
        Side of the squares places were moved to.
    permutations : int
    bands, chains, same_place : DataFrame
        As `near_repeats`, `near_repeat_chains` and `same_place_repeats` give them.
    """

    asked: Asked
    link: Link
    incidents: int
    without_known_time: int
    precision_m: float
    permutations: int
    bands: pd.DataFrame
    chains: pd.DataFrame
    same_place: pd.DataFrame

    @property
    def same_place_share(self) -> float:
        """Of the incidents that follow another at the same place within four weeks."""
        return float(self.same_place.loc[self.same_place["to_days"] <= _SOON_DAYS, "share"].sum())


def find_repeats(asked: Asked, link: Link, *, permutations: int, seed: int) -> Repeats:
    """Count the repeats among the incidents whose time is known to a week.

    Raises
    ------
    HistoryError
        When there are fewer than two.
    """
    inside = asked.mostly_inside
    known = inside[inside["to_at"] - inside["from_at"] <= pd.Timedelta(days=_LONGEST_DAYS)]
    if len(known) < 2:
        raise HistoryError("Er zijn te weinig meldingen met een bekende tijd. Kies een langere periode.")
    middle = known["from_at"] + (known["to_at"] - known["from_at"]) / 2
    where_and_when = known["x_m"], known["y_m"], (middle - middle.min()) / pd.Timedelta(days=1)
    return Repeats(
        asked=asked,
        link=link,
        incidents=len(known),
        without_known_time=len(inside) - len(known),
        precision_m=float(known["precision_m"].max()),
        permutations=permutations,
        bands=near_repeats(*where_and_when, permutations=permutations, seed=seed),
        chains=near_repeat_chains(
            *where_and_when, distance_m=link.distance_m, days=link.days, permutations=permutations, seed=seed
        ),
        same_place=same_place_repeats(*where_and_when, permutations=permutations, seed=seed),
    )


def repeats_as_json(found: Repeats) -> None:
    """Print everything for other programs."""
    facts: dict[str, Any] = {"from": found.asked.period.first, "to": found.asked.period.last}
    facts |= {"incidents": found.incidents, "without_known_time": found.without_known_time}
    facts |= {"precision_m": found.precision_m, "permutations": found.permutations}
    facts |= {"same_place_share": found.same_place_share, "bands": records(found.bands)}
    facts |= {"same_place": records(found.same_place)}
    facts |= {"chain_distance_m": found.link.distance_m, "chain_days": found.link.days}
    say_json(facts | {"chains": records(found.chains)})


def show_repeats(found: Repeats) -> None:
    """Print pairs, chains and the same place, and what they mean."""
    say(
        f"{found.asked.label}, {found.asked.period}: {number(found.incidents)} meldingen waarvan de tijd op een week "
        "na bekend is."
    )
    pairs = [
        (_distance(row), _time(row), number(row["observed"]), *_beside_chance(row))
        for row in found.bands.to_dict("records")
    ]
    table(("afstand", "tijd ertussen", "paren", "bij toeval", "keer", "p"), pairs, right=(2, 3, 4, 5))
    places = [
        (_time(row), number(row["observed"]), *_beside_chance(row)) for row in found.same_place.to_dict("records")
    ]
    table(("na de vorige op dezelfde plek", "meldingen", "bij toeval", "keer", "p"), places, right=(1, 2, 3, 4))
    chains = [
        (_length(row), number(row["chains"]), *_beside_chance(row), number(row["incidents"]))
        for row in found.chains.to_dict("records")
    ]
    table(("lengte van de reeks", "reeksen", "bij toeval", "keer", "p", "meldingen"), chains, right=(1, 2, 3, 4, 5))
    for line in repeats_in_words(found):
        say(line)


def repeats_in_words(found: Repeats) -> list[str]:
    """Say what the tables mean, and what they cannot say."""
    soon = found.bands[found.bands["to_days"] == found.bands["to_days"].min()]
    lines = []
    for row in soon.to_dict("records"):
        place = (
            "op dezelfde plek" if row["to_m"] == 0 else f"tussen {number(row['over_m'])} en {number(row['to_m'])} m"
        )
        when = f"binnen {number(row['to_days'])} dagen {place}"
        if row["p_value"] < _SURE and row["ratio"] > 1:
            lines.append(f"Vaker dan toeval: {when}, {number(row['ratio'], 2)} keer zo veel.")
    if not lines:
        lines.append("Kort na elkaar is er nergens duidelijk meer dan toeval.")
    share = 100 * found.same_place_share
    lines.append(f"{number(share)} % volgt binnen vier weken op een andere melding op dezelfde plek.")
    linked = int(found.chains["incidents"].sum())
    lines.append(
        f"{number(linked)} meldingen ({number(100 * linked / found.incidents)} %) staan in een reeks: elke melding "
        f"ligt binnen {number(found.link.distance_m)} m en {number(found.link.days)} dagen van een andere."
    )
    if found.precision_m > 1:
        lines.append(
            f"Let op: plaatsen zijn op {number(found.precision_m)} m nauwkeurig. ‘Dezelfde plek’ is dan een "
            "vierkant, en ook meldingen zonder huisnummer liggen op één punt. Die aantallen vallen dus te hoog uit."
        )
    lines.append(f"Toeval: de tijden {number(found.permutations)} keer geschud over dezelfde plaatsen (Knox).")
    return lines


def _distance(row: dict[Any, Any]) -> str:
    return "dezelfde plek" if row["to_m"] == 0 else f"{number(row['over_m'])} tot {number(row['to_m'])} m"


def _time(row: dict[Any, Any]) -> str:
    return f"{number(row['over_days'])} tot {number(row['to_days'])} dagen"


def _length(row: dict[Any, Any]) -> str:
    if pd.isna(row["to_length"]):
        return f"{row['from_length']} of meer"
    same = row["from_length"] == row["to_length"]
    return str(row["from_length"]) if same else f"{row['from_length']} tot en met {row['to_length']}"


def _beside_chance(row: dict[Any, Any]) -> tuple[str, str, str]:
    ratio = number(row["ratio"], 2) if row["ratio"] == row["ratio"] else "–"
    return number(row["expected"], 1), ratio, number(row["p_value"], 3)
