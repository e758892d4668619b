# SPDX-License-Identifier: EUPL-1.2
"""The catalogue by DCAT-AP-NL 3.0, so that data.overheid.nl and others can find the data by themselves."""

from __future__ import annotations

import re

from django.http import HttpRequest
from django.urls import reverse
from rdflib import DCAT, DCTERMS, FOAF, RDF, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from stip.publish import METHOD
from stip_web.opendata.environment import opendata_environment
from stip_web.opendata.files import CSV, GEOJSON, GEOPACKAGE, File, files_of
from stip_web.opendata.ogc.layers import extent
from stip_web.opendata.snapshot import Snapshot

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
_LISTS = "http://publications.europa.eu/resource/authority/"
_PUBLIC = URIRef(f"{_LISTS}access-right/PUBLIC")
_DUTCH = URIRef(f"{_LISTS}language/NLD")
_JUSTICE = URIRef(f"{_LISTS}data-theme/JUST")
_QUARTERLY = URIRef(f"{_LISTS}frequency/QUARTERLY")
_WKT = URIRef("http://www.opengis.net/ont/geosparql#wktLiteral")
_FEATURES = URIRef("http://www.opengis.net/doc/IS/ogcapi-features-1/1.0")
_TYPES = {CSV: "CSV", GEOJSON: "GEOJSON", GEOPACKAGE: "GPKG"}
_TOOI = "https://identifier.overheid.nl/tooi/id/gemeente/"
_MEDIA = "https://www.iana.org/assignments/media-types/"
_TOWN = re.compile(r"GM\d{4}", re.ASCII)
_ABOUT = "Meldingen per buurt, kwartaal en soort"


def written(request: HttpRequest, now: Snapshot, form: str) -> str:
    """Write the catalogue.

    Parameters
    ----------
    form : str
        ``json-ld`` or ``turtle``.
    """
    return str(graph_of(request, now).serialize(format=form))


def graph_of(request: HttpRequest, now: Snapshot) -> Graph:
    """Describe catalogue, data set, its files and its service."""
    return _Catalogue(request, now).graph


class _Catalogue:
    """Fills a graph with what is published."""

    def __init__(self, request: HttpRequest, now: Snapshot) -> None:
        self.request, self.now, self.graph = request, now, Graph()
        for prefix, space in (("dcat", DCAT), ("dct", DCTERMS), ("foaf", FOAF), ("vcard", VCARD)):
            self.graph.bind(prefix, space)
        page = self._url("page")
        self.page = URIRef(page)
        self.dataset, self.service = URIRef(f"{page}#cijfers"), URIRef(f"{page}#dienst")
        self.publisher, self.contact = self._publisher(), self._contact()
        self.licence = URIRef(opendata_environment().licence)
        for thing, kind in (
            (self.licence, DCTERMS.LicenseDocument),
            (self.page, FOAF.Document),
            (_FEATURES, DCTERMS.Standard),
        ):
            self._say(thing, (RDF.type, kind))
        self._catalogue(URIRef(f"{page}#catalogus"))
        self._dataset()
        self._service()

    def _url(self, name: str, *args: str) -> str:
        return self.request.build_absolute_uri(reverse(f"opendata:{name}", args=args))

    def _say(self, about: Node, *facts: tuple[URIRef, Node]) -> None:
        for relation, value in facts:
            self.graph.add((about, relation, value))

    def _named(self, about: Node, title: str, description: str) -> None:
        self._say(
            about,
            (DCTERMS.title, Literal(title, lang="nl")),
            (DCTERMS.description, Literal(description, lang="nl")),
            (DCTERMS.language, _DUTCH),
        )

    def _of_the_town(self, about: URIRef) -> tuple[tuple[URIRef, Node], ...]:
        """Say what data set and service share: whose they are, about what, and that everybody may have them."""
        return (
            (DCTERMS.identifier, Literal(str(about), datatype=XSD.anyURI)),
            (DCTERMS.publisher, self.publisher),
            (DCAT.contactPoint, self.contact),
            (DCAT.theme, _JUSTICE),
            (DCTERMS.accessRights, _PUBLIC),
        )

    def _publisher(self) -> Node:
        """Name the town as the government's own register (TOOI) does."""
        code, name = self.now.town
        known = _TOWN.fullmatch(code)
        town = URIRef(_TOOI + code.lower()) if known else BNode("gemeente")
        self._say(
            town, (RDF.type, FOAF.Agent), (FOAF.name, Literal(f"Gemeente {name}" if name else "Gemeente", lang="nl"))
        )
        return town

    def _contact(self) -> Node:
        contact, email = BNode("contact"), opendata_environment().email
        self._say(
            contact,
            (RDF.type, VCARD.Kind),
            (RDF.type, VCARD.Organization),
            (VCARD.fn, Literal("Reageer op de gegevens", lang="nl")),
            (VCARD.hasURL, URIRef(self.request.build_absolute_uri("/openbaar/reageer"))),
        )
        if email:
            self._say(contact, (VCARD.hasEmail, URIRef(f"mailto:{email}")))
        return contact

    def _catalogue(self, catalogue: URIRef) -> None:
        self._named(catalogue, "Open gegevens over veiligheid in de buurt", "Wat de gemeente openbaar maakt.")
        self._say(
            catalogue,
            (RDF.type, DCAT.Catalog),
            (DCTERMS.publisher, self.publisher),
            (DCAT.contactPoint, self.contact),
            (DCTERMS.license, self.licence),
            (FOAF.homepage, self.page),
            (DCAT.themeTaxonomy, URIRef(f"{_LISTS}data-theme")),
            (DCAT.dataset, self.dataset),
            (DCAT.service, self.service),
        )

    def _dataset(self) -> None:
        self._named(self.dataset, _ABOUT, METHOD)
        self._say(
            self.dataset,
            (RDF.type, DCAT.Dataset),
            *self._of_the_town(self.dataset),
            (DCTERMS.creator, self.publisher),
            (DCTERMS.accrualPeriodicity, _QUARTERLY),
            (DCAT.landingPage, self.page),
            *((DCAT.keyword, Literal(word, lang="nl")) for word in ("veiligheid", "buurten", "meldingen")),
        )
        if self.now.changed:
            self._say(self.dataset, (DCTERMS.modified, Literal(self.now.changed.isoformat(), datatype=XSD.dateTime)))
        if self.now.quarters:
            period = BNode("periode")
            self._say(
                period,
                (RDF.type, DCTERMS.PeriodOfTime),
                (DCAT.startDate, Literal(self.now.quarters[0].first.isoformat(), datatype=XSD.date)),
                (DCAT.endDate, Literal(self.now.quarters[-1].last.isoformat(), datatype=XSD.date)),
            )
            self._say(self.dataset, (DCTERMS.temporal, period))
        box = extent(self.now)
        if box is not None:
            place, (west, south, east, north) = BNode("plek"), box
            ring = f"{west} {south}, {east} {south}, {east} {north}, {west} {north}, {west} {south}"
            self._say(place, (RDF.type, DCTERMS.Location), (DCAT.bbox, Literal(f"POLYGON(({ring}))", datatype=_WKT)))
            self._say(self.dataset, (DCTERMS.spatial, place))
        for file in files_of(self.now).values():
            if file.kind in _TYPES:
                self._say(self.dataset, (DCAT.distribution, self._file(file)))
        self._say(self.dataset, (DCAT.distribution, self._by_service()))

    def _file(self, file: File) -> Node:
        url = URIRef(self._url("file", file.name))
        found = URIRef(f"{self.page}#{file.name}")
        self._named(found, f"{file.title} ({_TYPES[file.kind]})", METHOD)
        self._say(
            found,
            (RDF.type, DCAT.Distribution),
            (DCAT.accessURL, url),
            (DCAT.downloadURL, url),
            (DCTERMS.license, self.licence),
            (DCTERMS["format"], URIRef(f"{_LISTS}file-type/{_TYPES[file.kind]}")),
            (DCAT.mediaType, URIRef(_MEDIA + file.kind.split(";")[0])),
        )
        return found

    def _by_service(self) -> Node:
        found, url = URIRef(f"{self.page}#via-dienst"), URIRef(self._url("ogc-landing"))
        self._named(found, f"{_ABOUT}, als dienst voor kaarten (OGC API Features)", METHOD)
        self._say(
            found,
            (RDF.type, DCAT.Distribution),
            (DCAT.accessURL, url),
            (DCAT.accessService, self.service),
            (DCTERMS.license, self.licence),
            (DCTERMS["format"], URIRef(f"{_LISTS}file-type/GEOJSON")),
            (DCAT.mediaType, URIRef(_MEDIA + GEOJSON)),
        )
        return found

    def _service(self) -> None:
        self._named(self.service, f"{_ABOUT}, als dienst voor kaarten", "Werkt in QGIS en andere programma’s.")
        self._say(
            self.service,
            (RDF.type, DCAT.DataService),
            *self._of_the_town(self.service),
            (DCTERMS.license, self.licence),
            (DCTERMS.conformsTo, _FEATURES),
            (DCAT.endpointURL, URIRef(self._url("ogc-landing"))),
            (DCAT.endpointDescription, URIRef(self._url("ogc-api"))),
            (DCAT.servesDataset, self.dataset),
        )
