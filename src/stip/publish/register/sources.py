# SPDX-License-Identifier: EUPL-1.2
"""The sources that are in use, told from their agreements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from stip.agreements import Agreement, Kind, agreements_of, is_paused
from stip.errors import WorkspaceError
from stip.store import Workspace, address_sources, area_years, incident_sources, layer_sources
from stip.words import number

_KINDS = {
    Kind.INCIDENTS: "meldingen",
    Kind.LAYER: "kaartlaag van de omgeving",
    Kind.AREAS: "grenzen van buurten en wijken",
    Kind.ADDRESSES: "adressen, om een melding een plek te geven",
    Kind.COUNTS: "aantallen per gebied en periode",
}


@dataclass(frozen=True)
class Source:
    """One source in use.

    Attributes
    ----------
    agreement : Agreement
    paused : bool
    """

    agreement: Agreement
    paused: bool

    @property
    def name(self) -> str:
        """Its short name, which is also that of the file of its agreement."""
        return self.agreement.source

    @property
    def kind(self) -> str:
        """What it holds, in words."""
        return _KINDS[self.agreement.kind]

    @property
    def holds_incidents(self) -> bool:
        """Whether reports come from it."""
        return self.agreement.kind is Kind.INCIDENTS

    @property
    def kept(self) -> str:
        """How long it is kept, in words."""
        return kept_of(self.agreement)

    @property
    def sentence(self) -> str:
        """All that matters of it in a few short sentences."""
        said = f"{self.agreement.title}. Wat: {self.kind}. Waarvoor: {', '.join(self.agreement.purposes)}."
        if self.holds_incidents:
            said += f" Bewaard: {self.kept}. Plek: tot op {number(self.agreement.precision_m)} meter."
        return said


def source_lines(sources: Iterable[Source]) -> tuple[str, ...]:
    """Return a line for each source of reports, and one for all others that hold the same for the same purposes.

    What is on hold does not stand in it: these lines lie still, and a pause does not.
    """
    used = list(sources)
    lines = [source.sentence for source in used if source.holds_incidents]
    alike: dict[tuple[str, tuple[str, ...]], list[Source]] = {}
    for source in used:
        if not source.holds_incidents:
            alike.setdefault((source.kind, tuple(source.agreement.purposes)), []).append(source)
    for (kind, purposes), group in alike.items():
        if len(group) == 1:
            lines.append(group[0].sentence)
            continue
        named = "; ".join(source.agreement.title for source in group)
        lines.append(f"{kind[:1].upper()}{kind[1:]}: {named}. Waarvoor: {', '.join(purposes)}.")
    return tuple(lines)


def kept_of(agreement: Agreement) -> str:
    """Say how long a source is kept, as every text says it; only reports are destroyed by Stip itself."""
    kept = months(agreement.retention_months)
    return kept if agreement.kind is Kind.INCIDENTS else f"{kept} (de beheerder haalt het weg)"


def months(length: float) -> str:
    """Write a number of months.

    Examples
    --------
    >>> months(60), months(1), months(1.5)
    ('60 maanden', '1 maand', '1,5 maand')
    """
    written = number(length, 0 if float(length).is_integer() else 1)
    return f"{written} {'maand' if length < 2 else 'maanden'}"


def sources_of(workspace: Workspace, *, on: date) -> list[Source]:
    """Return the sources in use: reports first, then by name.

    In use is what was read into the workspace. Of a workspace in which nothing was read yet, it is every agreement
    that is valid on the day.
    """
    agreed = agreements_of(workspace)
    held = {*incident_sources(workspace), *layer_sources(workspace), *_addresses(workspace)}
    borders = bool(area_years(workspace))
    used = [each for source, each in agreed.items() if source in held or (borders and each.kind is Kind.AREAS)]
    if not used:
        used = [each for each in agreed.values() if each.valid_from <= on <= each.valid_until]
    found = [Source(each, is_paused(workspace, f"source:{each.source}")) for each in used]
    return sorted(found, key=lambda source: (not source.holds_incidents, source.name))


def _addresses(workspace: Workspace) -> list[str]:
    try:
        return address_sources(workspace)
    except WorkspaceError:
        return []  # there is no table of addresses
