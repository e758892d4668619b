# SPDX-License-Identifier: EUPL-1.2
"""What somebody chose to look at: crime type, what stands beside it, all or only the difference. In the address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest

from stip.store import Run, Workspace
from stip_web.outlooks.beside import BESIDE

ALL = "alle"
_REMEMBERED = "outlooks.difference"


@dataclass(frozen=True)
class Choice:
    """A view of one outlook.

    Attributes
    ----------
    crime_type : str
        Empty for all together.
    beside : str
        Name of the baseline; empty for the one that was frozen with the outlook.
    difference : bool
        Only the difference with it.
    run_id : str
        An earlier outcome of the week; empty for the newest.
    """

    crime_type: str = ""
    beside: str = ""
    difference: bool = False
    run_id: str = ""

    @classmethod
    def of(cls, request: HttpRequest, workspace: Workspace) -> Choice:
        """Read it from the address; whether only the difference is shown is remembered for the next page.

        What the address asks and does not exist is left out: the page then shows all, and says which it shows.
        """
        asked = request.GET
        crime_type = asked.get("soort", "")
        beside = asked.get("ernaast", "")
        said = asked.get("verschil")
        if said is not None and request.session.get(_REMEMBERED, False) != (said == "ja"):
            request.session[_REMEMBERED] = said == "ja"
        return cls(
            crime_type if crime_type in workspace.settings.crime_types else "",
            beside if beside in BESIDE else "",
            bool(request.session.get(_REMEMBERED, False)),
            asked.get("uitkomst", "")[:16],
        )

    def within(self, run: Run) -> Choice:
        """Leave out a crime type that this outlook does not have."""
        return (
            self if not self.crime_type or self.crime_type in run.notes["by_type"] else replace(self, crime_type="")
        )

    @property
    def query(self) -> str:
        """The same choice in an address, after a question mark; without the difference, which is remembered."""
        parts = {"soort": self.crime_type, "ernaast": self.beside, "uitkomst": self.run_id}
        return urlencode({name: value for name, value in parts.items() if value})

    def url(self, path: str, **more: str) -> str:
        """Return an address with this choice."""
        query = "&".join(part for part in (self.query, urlencode(more)) if part)
        return f"{path}{'&' if '?' in path else '?'}{query}" if query else path
