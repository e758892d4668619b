# SPDX-License-Identifier: EUPL-1.2
"""Whether there is anything to look ahead from: reports of every target, and recent enough."""

from __future__ import annotations

from collections.abc import Mapping

from stip.errors import HistoryError
from stip.settings import CrimeType
from stip.space import week_from_number


class NoReports(HistoryError):
    """There is no report of some targets.

    Attributes
    ----------
    missing : tuple of str
        Those targets.
    others : bool
        Whether there are reports of another target.
    """

    def __init__(self, said: str, missing: tuple[str, ...], *, others: bool) -> None:
        super().__init__(said)
        self.missing, self.others = missing, others


MOST_WEEKS_AHEAD = 4
"""So many weeks after the week of the newest report an outlook can still be made, with a warning."""


def check_targets(counted: Mapping[str, int], targets: tuple[str, ...], crime_types: Mapping[str, CrimeType]) -> None:
    """Refuse a target of which there is no report at all.

    Parameters
    ----------
    counted : mapping of str to int
        Reports known of each crime type.
    targets : tuple of str
    crime_types : mapping of str to CrimeType
        Their names on screen.

    Raises
    ------
    NoReports
        Naming the target and what there is instead.
    """
    missing = [name for name in targets if not counted.get(name)]
    if not missing:
        return
    there = [name for name in sorted(counted) if counted[name] and name in crime_types]
    wanted, found = (_named(names, crime_types) for names in (missing, there))
    if not there:
        said = f"Er zijn nog geen meldingen van {wanted}. Lees eerst een bestand met meldingen in."
        raise NoReports(said, tuple(missing), others=False)
    raise NoReports(
        f"Er zijn in het gebied geen meldingen van {wanted}. Wel van {found}. "
        "Zet in stip.toml bij ‘targets’ onder [outlook] een soort die er is, of lees eerst een bestand in met de "
        "andere.",
        tuple(missing),
        others=any(counted.get(name) for name in targets),
    )


def check_recent(newest: int, week: int) -> None:
    """Refuse a week so far beyond the newest report that nothing recent is known.

    Parameters
    ----------
    newest, week : int
        Ordinals of the week in which the newest report came in, and of the week to look ahead to.

    Raises
    ------
    HistoryError
        When the week lies more than `MOST_WEEKS_AHEAD` weeks after the week of the newest report.
    """
    ahead = week - newest
    if ahead > MOST_WEEKS_AHEAD:
        raise HistoryError(
            f"De nieuwste melding kwam binnen in {week_from_number(newest)}; {week_from_number(week)} "
            f"ligt daar {ahead} weken na. Dat is te ver om vooruit te zien. Lees eerst de nieuwste bestanden in, of "
            f"kies een week tot en met {week_from_number(newest + MOST_WEEKS_AHEAD)}."
        )


def _named(names: list[str], crime_types: Mapping[str, CrimeType]) -> str:
    return ", ".join(f"{crime_types[name].label} ({name})" if name in crime_types else name for name in names)
