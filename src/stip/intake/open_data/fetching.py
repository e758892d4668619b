# SPDX-License-Identifier: EUPL-1.2
"""Areas and layers straight from an open-data service, through their agreement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from stip.agreements import Gate, Kind, Role
from stip.errors import SettingsError
from stip.intake.open_data.areas import AreasRead, DistrictNames, areas_from
from stip.intake.open_data.layers import Layer, LayerChoice, layer_from
from stip.intake.permission import agreement_to_read
from stip.intake.places.georeference import WGS84
from stip.intake.services.http import ServiceClient
from stip.intake.services.ogc_api import FetchedCollection, fetch_collection
from stip.store import Workspace, area_years, read_areas


@dataclass(frozen=True)
class CollectionRequest:
    """What to ask of an OGC API Features service.

    Attributes
    ----------
    url : str
        Landing page, such as ``https://…/cbs/wijken-en-buurten-2026/ogc/v1``.
    collection : str
        Such as ``buurten``.
    municipality : str
        Code such as ``GM0344``, for services that know towns; empty to ask by place.
    crs : str
        Reference system to ask for; the town's own when empty.
    """

    url: str
    collection: str
    municipality: str = ""
    crs: str = ""

    def fetch(
        self, client: ServiceClient, workspace: Workspace, filters: Mapping[str, str], *, collection: str = ""
    ) -> FetchedCollection:
        """Ask for the collection, or for another one of the same service."""
        return fetch_collection(
            client,
            self.url,
            collection or self.collection,
            filters=filters,
            crs=self.crs or workspace.settings.town.crs,
        )


def fetch_layer(
    workspace: Workspace,
    name: str,
    request: CollectionRequest,
    *,
    client: ServiceClient,
    source: str,
    on: date,
    choice: LayerChoice | None = None,
) -> Layer:
    """Ask a service for a layer; nothing is stored.

    Raises
    ------
    AgreementError
        When the agreement does not allow it; then nothing is asked either.
    ServiceError
        When the service does not answer as documented.
    """
    agreement = agreement_to_read(workspace, source, Kind.LAYER, on=on)
    filters = {"gemeentecode": request.municipality} if request.municipality else {"bbox": _bbox(workspace)}
    return layer_from(workspace, name, request.fetch(client, workspace, filters), agreement, choice=choice)


def fetch_areas(
    workspace: Workspace,
    request: CollectionRequest,
    *,
    client: ServiceClient,
    source: str = "cbs_buurten",
    on: date,
    year: int | None = None,
    district_collection: str = "wijken",
) -> AreasRead:
    """Ask a service for areas, and for the names of their districts when it keeps those apart; nothing is stored.

    Parameters
    ----------
    district_collection : str
        Where the same service has the names of districts; empty not to ask.

    Raises
    ------
    AgreementError
        When the agreement does not allow it; then nothing is asked either.
    ServiceError
        When the service does not answer as documented.
    """
    agreement = agreement_to_read(workspace, source, Kind.AREAS, on=on)
    code = request.municipality or workspace.settings.town.code
    if not code:
        raise SettingsError(
            "Van welke gemeente? Geef haar code met --gemeente, zoals GM0344, of zet code bij [town] in stip.toml."
        )
    filters = {"gemeentecode": code}
    fetched = request.fetch(client, workspace, filters)
    districts = None
    there = Gate(agreement, workspace.settings).admit(fetched.headings).positions
    declared = agreement.column_of(Role.DISTRICT_NAME) is not None
    if district_collection and declared and Role.DISTRICT_NAME not in there:
        own = request.fetch(client, workspace, filters, collection=district_collection)
        districts = DistrictNames(own, agreement)
    return areas_from(workspace, fetched, agreement, year=year, districts=districts)


def _bbox(workspace: Workspace) -> str:
    """Return the square around the town's areas, in degrees, the way services ask for it."""
    if not area_years(workspace):
        raise SettingsError(
            "Van welk gebied? Lees eerst de buurten in met ‘stip intake areas’, dan vraag ik de dienst om wat "
            "daar ligt; of geef de gemeente met --gemeente."
        )
    frame = read_areas(workspace).frame
    return ",".join(f"{edge:.6f}" for edge in frame.to_crs(WGS84).total_bounds)
