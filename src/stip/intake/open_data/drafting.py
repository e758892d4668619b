# SPDX-License-Identifier: EUPL-1.2
"""When a layer has no agreement yet: which ready-made one fits, or a draft in which everything is still refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import tomli_w

from stip.agreements import Agreement, Column, Gate, Kind, Purpose, Role, load_agreement
from stip.errors import AgreementError, SettingsError
from stip.settings import Settings, Town
from stip.store import Workspace

_HOW = """\
# Opzet voor een afspraak over de laag {name}. Zij geldt pas als doel, grondslag en data zijn ingevuld.
# Doelen om uit te kiezen: {purposes}.
# Alleen wat onder columns staat, komt binnen. Haal een kop weg uit why_refused en geef haar onder columns een rol:
# feature_id (nummer), category (soort), value (getal) of observed_on (datum)."""
_PLACES = {
    Role.GEOMETRY: Column(role=Role.GEOMETRY, names=("geometrie", "geom")),
    Role.X: Column(role=Role.X, names=("lon", "longitude", "rd_x", "x_coord", "x-coördinaat")),
    Role.Y: Column(role=Role.Y, names=("lat", "latitude", "rd_y", "y_coord", "y-coördinaat")),
}


def agreement_for_layer(workspace: Workspace, name: str, asked: str = "") -> str:
    """Return which agreement a layer is read under: the one asked for, or that has its name, or names it.

    Raises
    ------
    AgreementError
        When there is none, or more than one names it; the message offers those that the workspace has for layers.
    """
    if asked:
        return asked
    known = sorted(file.stem for file in workspace.agreements.glob("[!.]*.toml"))
    if name in known:
        return name
    about = {source: agreement for source in known if (agreement := _about_layers(workspace, source)) is not None}
    naming = [source for source, agreement in about.items() if name in agreement.layers]
    if len(naming) == 1:
        return naming[0]
    layers = naming or list(about)
    offer = f"Kies er een met --agreement: {', '.join(layers)}. Of maak" if layers else "Maak"
    raise AgreementError(
        f"Het is niet duidelijk welke afspraak geldt voor de laag ‘{name}’. {offer} agreements/{name}.toml; "
        "met --draft staat er een opzet op het scherm."
    )


def _about_layers(workspace: Workspace, source: str) -> Agreement | None:
    try:
        agreement = load_agreement(workspace, source)
    except SettingsError:
        return None  # a draft that is not filled in is nothing to offer; ‘stip agreements check’ names it
    return agreement if agreement.kind is Kind.LAYER else None


def draft_layer_agreement(headings: list[str], name: str) -> str:
    """Return the text of a first agreement about a layer: no column comes in until somebody declares it.

    The draft has no purpose and so cannot be used before it is filled in. A heading that may itself be somebody's
    data stands there only by its number.

    Parameters
    ----------
    headings : list of str
        Of the source.
    name : str
        Of the agreement: small letters, digits and ``_``.
    """
    frame = Agreement(
        source=name,
        title=f"Kaartlaag {name}",
        kind=Kind.LAYER,
        purposes=(Purpose.PLAN,),
        legal_basis="",
        valid_from=date(2000, 1, 1),
        valid_until=date(2000, 1, 1),
        retention_months=120,
        columns={role.value: column for role, column in _PLACES.items()},
    )
    admission = Gate(frame, Settings(town=Town(name=""))).admit(headings)
    draft: dict[str, Any] = {
        "source": name,
        "title": frame.title,
        "kind": frame.kind.value,
        "purposes": [],
        "legal_basis": "",
        "controller": "",
        "dpia": "",
        "valid_from": frame.valid_from,
        "valid_until": frame.valid_until,
        "retention_months": int(frame.retention_months),
        "columns": {heading: {"role": role.value} for role, heading in admission.kept.items()},
        "why_refused": {refusal.heading: "nog niet bekeken" for refusal in admission.refused},
    }
    return f"{_HOW.format(name=name, purposes=', '.join(Purpose))}\n{tomli_w.dumps(draft)}"
