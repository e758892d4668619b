# SPDX-License-Identifier: EUPL-1.2
"""``stip intake layer|areas|addresses|odata|ogc``: open data, through its agreement."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from stip.agreements import load_agreement
from stip.cli.app import DryRunOption, JsonOption, WorkspaceOption
from stip.cli.intake_open_show import client_for, finish, waiting
from stip.cli.show import say_json
from stip.intake import (
    POLICE_COUNTS_URL,
    CollectionRequest,
    DistrictNames,
    LayerChoice,
    agreement_for_layer,
    draft_layer_agreement,
    fetch_areas,
    fetch_counts,
    fetch_layer,
    open_things,
    read_address_file,
    read_areas_file,
    read_layer_file,
    store_addresses,
    store_areas,
    store_counts,
    store_layer,
)
from stip.store import Workspace, day_in_town

AgreementOption = Annotated[str, typer.Option("--agreement", "-a", help="De afspraak waaronder dit binnenkomt.")]
AcceptOption = Annotated[
    bool, typer.Option("--accept-refused", help="Lees door, ook als er te veel rijen geweigerd worden.")
]
InnerOption = Annotated[str, typer.Option(help="Laag van een GeoPackage, of bestand in een zip, als er meer zijn.")]
YearOption = Annotated[int | None, typer.Option(help="Jaar waarvoor de grenzen gelden, zoals 2026.")]
MunicipalityOption = Annotated[str, typer.Option("--gemeente", help="Code van de gemeente; anders die in stip.toml.")]
PrivateOption = Annotated[
    bool, typer.Option("--allow-private", help="De dienst staat in het eigen netwerk van de gemeente.")
]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("layer")(layer)
    app.command("areas")(areas)
    app.command("addresses")(addresses)
    app.command("odata")(odata)
    app.command("ogc")(ogc)


def layer(
    name: Annotated[str, typer.Argument(help="Hoe de laag in de werkmap heet, zoals lampposts.")],
    path: Annotated[
        Path, typer.Argument(help="GeoJSON, GeoPackage, Shapefile, GeoParquet, of een tabel met coördinaten.")
    ],
    agreement: AgreementOption = "",
    category_column: Annotated[str, typer.Option(help="Kolom met de soort, als de afspraak er meer toelaat.")] = "",
    value_column: Annotated[str, typer.Option(help="Kolom met het getal, als de afspraak er meer toelaat.")] = "",
    inner: InnerOption = "",
    draft: Annotated[bool, typer.Option("--draft", help="Toon een opzet voor een afspraak; lees niets in.")] = False,
    accept_refused: AcceptOption = False,
    workspace: WorkspaceOption = Path(),
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """Lees een kaartlaag in: lichtmasten, bomen, containers, woningen."""
    place = Workspace.open(workspace)
    if draft:
        text = draft_layer_agreement(open_things(path, inner=inner).headings, name)
        say_json({"agreement": text}) if json else typer.echo(text)  # never wrapped: it is to be kept as a file
        return
    source = agreement_for_layer(place, name, agreement)
    choice = LayerChoice(category_column, value_column, inner)
    read = read_layer_file(place, name, path, source=source, on=_today(place), choice=choice)
    limit = 1.0 if accept_refused else place.settings.intake.refused_limit
    finish(
        read.report, lambda: store_layer(place, read, refused_limit=limit), limit=limit, dry_run=dry_run, json=json
    )


def areas(
    path: Annotated[Path, typer.Argument(help="Bestand met buurten of andere gebieden, zoals buurten.gpkg.")],
    year: YearOption = None,
    agreement: AgreementOption = "cbs_buurten",
    districts: Annotated[Path | None, typer.Option(help="Bestand met de namen van de wijken.")] = None,
    districts_agreement: Annotated[str, typer.Option(help="Afspraak over dat bestand; anders dezelfde.")] = "",
    inner: InnerOption = "",
    accept_refused: AcceptOption = False,
    workspace: WorkspaceOption = Path(),
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """Lees de grenzen van buurten of andere gebieden in."""
    place = Workspace.open(workspace)
    names = None
    if districts is not None:
        about = load_agreement(place, districts_agreement or agreement)
        names = DistrictNames(open_things(districts, about), about)
    read = read_areas_file(place, path, source=agreement, on=_today(place), year=year, inner=inner, districts=names)
    limit = 1.0 if accept_refused else place.settings.intake.refused_limit
    finish(
        read.report, lambda: store_areas(place, read, refused_limit=limit), limit=limit, dry_run=dry_run, json=json
    )


def addresses(
    path: Annotated[Path, typer.Argument(help="Tabel met adressen en hun punt, zoals uit de BAG.")],
    agreement: AgreementOption = "adressen",
    inner: InnerOption = "",
    accept_refused: AcceptOption = False,
    workspace: WorkspaceOption = Path(),
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """Lees de adrestabel in, waarmee de poort van een adres een punt maakt."""
    place = Workspace.open(workspace)
    read = read_address_file(place, path, source=agreement, on=_today(place), inner=inner)
    limit = 1.0 if accept_refused else place.settings.intake.refused_limit
    finish(
        read.report,
        lambda: store_addresses(place, read, refused_limit=limit),
        limit=limit,
        dry_run=dry_run,
        json=json,
    )


def odata(
    url: Annotated[str, typer.Argument(help="Adres van de tabel; anders de misdrijven per maand bij het CBS.")] = (
        POLICE_COUNTS_URL
    ),
    agreement: AgreementOption = "cbs_misdrijven",
    municipality: MunicipalityOption = "",
    from_year: Annotated[int | None, typer.Option(help="Alleen vanaf dit jaar.")] = None,
    allow_private: PrivateOption = False,
    workspace: WorkspaceOption = Path(),
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """Haal aantallen misdrijven per buurt en maand op (CBS, OData)."""
    place = Workspace.open(workspace)
    with waiting("Aantallen ophalen", json=json):
        counts = fetch_counts(
            place,
            agreement,
            client=client_for(place, url, allow_private=allow_private),
            on=_today(place),
            url=url,
            municipality=municipality,
            from_year=from_year,
        )
    finish(
        counts.report,
        lambda: store_counts(place, counts),
        limit=place.settings.intake.refused_limit,
        dry_run=dry_run,
        json=json,
    )


def ogc(
    url: Annotated[str, typer.Argument(help="Adres van de dienst, zoals https://…/wijken-en-buurten-2026/ogc/v1.")],
    collection: Annotated[str, typer.Option(help="Welke collectie, zoals buurten of paal.")],
    into: Annotated[str, typer.Option("--as", help="Wat het wordt: areas, of de naam van een laag.")],
    agreement: AgreementOption = "",
    municipality: MunicipalityOption = "",
    year: YearOption = None,
    crs: Annotated[str, typer.Option(help="Coördinatenstelsel om te vragen; anders dat van de werkmap.")] = "",
    allow_private: PrivateOption = False,
    accept_refused: AcceptOption = False,
    workspace: WorkspaceOption = Path(),
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """Haal gebieden of een kaartlaag op bij een dienst (PDOK, OGC API Features)."""
    place = Workspace.open(workspace)
    client = client_for(place, url, allow_private=allow_private)
    request = CollectionRequest(url, collection, municipality, crs)
    limit = 1.0 if accept_refused else place.settings.intake.refused_limit
    if into == "areas":
        with waiting("Gebieden ophalen", json=json):
            read = fetch_areas(
                place, request, client=client, source=agreement or "cbs_buurten", on=_today(place), year=year
            )
        finish(
            read.report,
            lambda: store_areas(place, read, refused_limit=limit),
            limit=limit,
            dry_run=dry_run,
            json=json,
        )
        return
    source = agreement_for_layer(place, into, agreement)
    with waiting("Kaartlaag ophalen", json=json):
        found = fetch_layer(place, into, request, client=client, source=source, on=_today(place))
    finish(
        found.report, lambda: store_layer(place, found, refused_limit=limit), limit=limit, dry_run=dry_run, json=json
    )


def _today(workspace: Workspace) -> date:
    return day_in_town(workspace, datetime.now(UTC))
