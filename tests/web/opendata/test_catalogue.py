# SPDX-License-Identifier: EUPL-1.2
"""The catalogue has what DCAT-AP-NL 3.0 demands, in both forms, and points at what is there."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.term import Node

ANY, ONE = (1, 99), (1, 1)
DEMANDED: dict[URIRef, dict[URIRef, tuple[int, int]]] = {
    DCAT.Catalog: {
        DCTERMS.title: ANY,
        DCTERMS.description: ANY,
        DCTERMS.publisher: ONE,
        DCAT.contactPoint: ONE,
        DCAT.dataset: ANY,
    },
    DCAT.Dataset: {
        DCTERMS.title: ANY,
        DCTERMS.description: ANY,
        DCTERMS.accessRights: ONE,
        DCAT.contactPoint: ONE,
        DCTERMS.creator: ANY,
        DCTERMS.identifier: ONE,
        DCTERMS.publisher: ONE,
        DCAT.theme: ANY,
    },
    DCAT.Distribution: {DCAT.accessURL: ONE, DCTERMS.license: ONE},
    DCAT.DataService: {
        DCTERMS.title: ANY,
        DCTERMS.description: ANY,
        DCTERMS.accessRights: ONE,
        DCAT.contactPoint: ONE,
        DCAT.endpointDescription: ONE,
        DCAT.endpointURL: ONE,
        DCTERMS.identifier: ONE,
        DCTERMS.license: ONE,
        DCTERMS.publisher: ONE,
        DCAT.theme: ANY,
    },
    FOAF.Agent: {FOAF.name: ANY},
}
"""What must be there of each kind, least and most; after the profile and the shapes of Geonovum (version 3.0.0)."""
LITERAL = {DCTERMS.title, DCTERMS.description, DCTERMS.identifier, FOAF.name}
LISTS = "http://publications.europa.eu/resource/authority/"
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
KINDS = {
    DCAT.contactPoint: VCARD.Kind,
    DCTERMS.conformsTo: DCTERMS.Standard,
    DCTERMS.creator: FOAF.Agent,
    DCTERMS.publisher: FOAF.Agent,
    DCTERMS.license: DCTERMS.LicenseDocument,
    DCTERMS.temporal: DCTERMS.PeriodOfTime,
    DCTERMS.spatial: DCTERMS.Location,
    DCAT.landingPage: FOAF.Document,
    DCAT.accessService: DCAT.DataService,
    DCAT.servesDataset: DCAT.Dataset,
}
"""Of which kind the thing must be that is pointed at; it says so itself."""
FROM_LISTS = {
    DCTERMS.accessRights: "access-right/",
    DCAT.theme: "data-theme/",
    DCTERMS.language: "language/",
    DCTERMS["format"]: "file-type/",
    DCTERMS.accrualPeriodicity: "frequency/",
}


@pytest.fixture
def graph(client: httpx.Client) -> Graph:
    return Graph().parse(data=client.get("/catalogus.ttl").text, format="turtle")


def _each(graph: Graph) -> Iterator[tuple[URIRef, Node]]:
    for kind in DEMANDED:
        found = list(graph.subjects(RDF.type, kind))
        assert found, kind
        yield from ((kind, thing) for thing in found)


def test_what_is_demanded_is_there(graph: Graph) -> None:
    for kind, thing in _each(graph):
        for relation, (least, most) in DEMANDED[kind].items():
            values = list(graph.objects(thing, relation))
            assert least <= len(values) <= most, (kind, thing, relation)
            assert all(isinstance(value, Literal) is (relation in LITERAL) for value in values), relation


def test_what_is_pointed_at_is_of_the_kind_that_is_demanded(graph: Graph) -> None:
    for relation, kind in KINDS.items():
        values = list(graph.objects(None, relation))
        assert values, relation
        assert all((value, RDF.type, kind) in graph for value in values), relation


def test_words_come_from_the_lists_that_are_prescribed(graph: Graph) -> None:
    for relation, name in FROM_LISTS.items():
        values = list(graph.objects(None, relation))
        assert values
        assert all(str(value).startswith(LISTS + name) for value in values)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # in rdflib's own reader
def test_both_forms_say_the_same(client: httpx.Client, graph: Graph) -> None:
    answer = client.get("/catalogus.jsonld")
    assert answer.headers["Content-Type"] == "application/ld+json"
    assert isomorphic(Graph().parse(data=answer.text, format="json-ld"), graph)


def test_every_address_in_it_answers(client: httpx.Client, graph: Graph) -> None:
    relations = (DCAT.downloadURL, DCAT.accessURL, DCAT.endpointURL, DCAT.endpointDescription, DCAT.landingPage)
    addresses = {str(value) for relation in relations for value in graph.objects(None, relation)}
    assert len(addresses) > 8
    for address in addresses:
        assert client.head(address).status_code == 200, address
    files = {str(value).rsplit("/", 1)[-1] for value in graph.objects(None, DCAT.downloadURL)}
    assert {"cijfers.csv", "cijfers-2025.gpkg", "buurten-2026.geojson"} <= files
