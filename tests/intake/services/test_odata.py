# SPDX-License-Identifier: EUPL-1.2
"""Police counts come from an OData service, page by page, whatever the service does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from intake.local_service import LocalService, Query, Reply, local_service
from stip.errors import ServiceError
from stip.intake.services.http import ServiceClient
from stip.intake.services.odata import odata_headings, odata_rows
from stip.settings import ServiceSettings

pytestmark = pytest.mark.enable_socket

ROWS = [{"ID": n, "Perioden": "2025MM01", "Aantal": n} for n in range(11)]


@pytest.fixture
def service() -> Iterator[LocalService]:
    with local_service() as started:
        yield started


@pytest.fixture
def client() -> ServiceClient:
    settings = ServiceSettings(attempts=2, max_pages=20)
    return ServiceClient(settings, allow_private=("127.0.0.1",), sleep=lambda seconds: None)


def paged(rows: list[dict[str, Any]]) -> Any:
    """Answer as a service that knows ``$skip`` and ``$top`` and links to nothing."""

    def answer(path: str, query: Query) -> Reply:
        skip, top = int(query.get("$skip", "0")), int(query.get("$top", "1000"))
        chosen = query.get("$select", "ID,Perioden,Aantal").split(",")
        return Reply.of({"value": [{name: row[name] for name in chosen} for row in rows[skip : skip + top]]})

    return answer


def test_headings_come_from_one_row(service: LocalService, client: ServiceClient) -> None:
    service.answer = paged(ROWS)
    assert odata_headings(client, f"{service.url}/T/TypedDataSet") == ["ID", "Perioden", "Aantal"]
    assert service.asked == [("/T/TypedDataSet", {"$format": "json", "$top": "1"})]


def test_pages_are_found_with_skip(service: LocalService, client: ServiceClient) -> None:
    service.answer = paged(ROWS)
    found = odata_rows(client, service.url, select=("Aantal",), where="Perioden ge '2025'", page_rows=4)
    assert [row["Aantal"] for row in found] == list(range(11))
    assert [query.get("$skip") for _, query in service.asked] == [None, "4", "8"]
    assert all(query["$filter"] == "Perioden ge '2025'" for _, query in service.asked)
    assert all(query["$select"] == "Aantal" for _, query in service.asked)


def test_a_full_last_page_needs_one_empty_page(service: LocalService, client: ServiceClient) -> None:
    service.answer = paged(ROWS[:8])
    assert len(odata_rows(client, service.url, select=("ID",), page_rows=4)) == 8


def test_pages_are_found_with_links(service: LocalService, client: ServiceClient) -> None:
    def answer(path: str, query: Query) -> Reply:
        start = int(query.get("$skiptoken", "0"))
        content: dict[str, Any] = {"value": ROWS[start : start + 3]}
        if start + 3 < len(ROWS):
            content["odata.nextLink"] = f"{service.url}/T?$skiptoken={start + 3}&$top=100"
        return Reply.of(content)

    service.answer = answer
    assert [row["ID"] for row in odata_rows(client, f"{service.url}/T", select=("ID",), page_rows=100)] == list(
        range(11)
    )


def test_links_inside_a_page_and_skips_between_pages_go_together(
    service: LocalService, client: ServiceClient
) -> None:
    def answer(path: str, query: Query) -> Reply:  # sends two rows at a time, whatever is asked
        start, top = int(query.get("$skip", "0")), int(query["$top"])
        content: dict[str, Any] = {"value": ROWS[start : start + min(2, top)]}
        if top > 2 and start + 2 < len(ROWS):
            content["odata.nextLink"] = f"/T?$skip={start + 2}&$top={top - 2}"
        return Reply.of(content)

    service.answer = answer
    found = odata_rows(client, f"{service.url}/T", select=("ID",), page_rows=4)
    assert [row["ID"] for row in found] == list(range(11))


def test_a_service_that_links_back_is_stopped(service: LocalService, client: ServiceClient) -> None:
    def answer(path: str, query: Query) -> Reply:
        number = int(query.get("p", "0"))
        return Reply.of({"value": [{"ID": number}], "odata.nextLink": f"?p={(number + 1) % 3 + 1}"})

    service.answer = answer
    with pytest.raises(ServiceError, match="terug naar een bladzijde die er al was"):
        odata_rows(client, service.url, select=("ID",))


def test_a_service_that_ignores_skip_is_stopped(service: LocalService, client: ServiceClient) -> None:
    service.say(Reply.of({"value": [{"ID": 1}, {"ID": 2}]}))
    with pytest.raises(ServiceError, match="steeds dezelfde bladzijde"):
        odata_rows(client, service.url, select=("ID",), page_rows=2)
    assert len(service.asked) == 2


def test_a_service_without_end_is_stopped(service: LocalService, client: ServiceClient) -> None:
    service.answer = lambda path, query: Reply.of({"value": [{"ID": int(query.get("$skip", "0"))}]})
    with pytest.raises(ServiceError, match="meer dan 20 bladzijden"):
        odata_rows(client, service.url, select=("ID",), page_rows=1)
    assert len(service.asked) == 20


def test_a_link_to_another_host_is_not_followed(service: LocalService, client: ServiceClient) -> None:
    service.say(Reply.of({"value": [{"ID": 1}], "odata.nextLink": "http://elsewhere.example/T?$skip=1"}))
    with pytest.raises(ServiceError, match="bij een ander"):
        odata_rows(client, service.url, select=("ID",))


def test_a_fault_half_way_is_tried_again(service: LocalService, client: ServiceClient) -> None:
    right = paged(ROWS)
    faults = {"4": [Reply(status=500)], "8": [Reply(b'{"value": [{"ID')]}

    def answer(path: str, query: Query) -> Reply:
        waiting = faults.get(query.get("$skip", ""), [])
        return waiting.pop() if waiting else right(path, query)

    service.answer = answer
    assert len(odata_rows(client, service.url, select=("ID",), page_rows=4)) == 11
    assert len(service.asked) == 5


@pytest.mark.parametrize(
    "content",
    [[], {}, {"value": None}, {"value": {}}, {"value": [1]}, {"error": {"code": ""}}, "value", 5, None],
    ids=repr,
)
def test_another_shape_is_refused(service: LocalService, client: ServiceClient, content: Any) -> None:
    service.say(Reply.of(content))
    with pytest.raises(ServiceError, match="geen lijst met rijen"):
        odata_headings(client, service.url)
    with pytest.raises(ServiceError, match="geen lijst met rijen"):
        odata_rows(client, service.url, select=("ID",))


def test_a_row_without_a_column_is_refused(service: LocalService, client: ServiceClient) -> None:
    service.say(Reply.of({"value": [{"ID": 1, "Aantal": 2}, {"ID": 2}]}))
    with pytest.raises(ServiceError, match="zonder kolom ‘Aantal’"):
        odata_rows(client, service.url, select=("ID", "Aantal"))


def test_an_empty_table_has_no_headings(service: LocalService, client: ServiceClient) -> None:
    service.say(Reply.of({"value": []}))
    with pytest.raises(ServiceError, match="geen enkele rij"):
        odata_headings(client, service.url)
