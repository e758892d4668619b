# SPDX-License-Identifier: EUPL-1.2
"""What people do on Kaart that leaves a line in the log: keep a view, and take reports along."""

from __future__ import annotations

from dataclasses import dataclass, field

from stip.agreements import tidy_reason
from stip.errors import StipError
from stip.words import visible
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.actions import Action
from stip_web.dots.models import SavedView
from stip_web.dots.models.view import LONGEST_NAME

_READ = (May.DOTS_FINE, May.DOTS_COARSE)


class ViewNameError(StipError):
    """A name that a view may not have."""


def tidy_name(name: str) -> str:
    """Return a name that may be kept: short, and about a place or a question, not about somebody.

    Raises
    ------
    ViewNameError
        The sentence does not repeat the name.
    """
    tidy = visible(" ".join(name.split()))
    if not tidy:
        raise ViewNameError("Geef de weergave een naam, zoals ‘Station, avond’.")
    if len(tidy) > LONGEST_NAME:
        raise ViewNameError(f"De naam telt {len(tidy)} tekens; {LONGEST_NAME} mag. Maak hem korter.")
    try:
        return tidy_reason(tidy)
    except StipError:
        raise ViewNameError(
            "In de naam staat iets dat op een persoon of adres wijst. Noem de weergave naar een buurt of een vraag."
        ) from None


@dataclass
class SaveView(Action[SavedView]):
    """Keep a filter under a name."""

    action = "view.save"
    label = "Weergave bewaard"
    permission = _READ
    name: str = field(kw_only=True)
    page: str = field(kw_only=True)
    query: str = field(kw_only=True)

    def check(self) -> None:
        """Refuse a name that may not be kept."""
        self.name = tidy_name(self.name)

    def change(self) -> SavedView:
        """Make the view; a button that is pressed twice makes one."""
        view, _ = SavedView.objects.get_or_create(owner=self.actor, name=self.name, page=self.page, query=self.query)
        self.subject = f"weergave {view.code}"
        self.details = {"page": self.page, "query": self.query}
        return view


@dataclass
class RenameView(Action[SavedView]):
    """Give one's own view another name; the link stays."""

    action = "view.rename"
    label = "Weergave hernoemd"
    permission = _READ
    view: SavedView = field(kw_only=True)
    name: str = field(kw_only=True)

    def check(self) -> None:
        """Refuse a name that may not be kept."""
        self.name = tidy_name(self.name)

    def change(self) -> SavedView:
        """Change the name."""
        self.subject = f"weergave {self.view.code}"
        if not SavedView.objects.filter(pk=self.view.pk).update(name=self.name):
            raise ViewNameError("Deze weergave is intussen weggegooid. Bewaar haar opnieuw.")
        self.view.name = self.name
        return self.view


@dataclass
class DeleteView(Action[None]):
    """Throw one's own view away; its link then leads nowhere."""

    action = "view.delete"
    label = "Weergave weggegooid"
    permission = _READ
    view: SavedView = field(kw_only=True)

    def change(self) -> None:
        """Throw it away."""
        self.subject = f"weergave {self.view.code}"
        self.view.delete()


@dataclass
class ExportDots(Action[None]):
    """Take reports along as a file. The file is made before; without this line it is not handed out."""

    action = "dots.export"
    label = "Meldingen meegenomen als bestand"
    permission = May.DOTS_EXPORT
    form: str = field(kw_only=True)
    count: int = field(kw_only=True)
    query: str = field(kw_only=True)
    fine: bool = field(kw_only=True)

    def change(self) -> None:
        """Write what was taken; nothing else changes."""
        self.subject = f"meldingen als {self.form}"
        self.details = {"form": self.form, "count": self.count, "query": self.query, "fine": self.fine}
