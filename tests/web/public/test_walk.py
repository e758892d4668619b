# SPDX-License-Identifier: EUPL-1.2
"""There is no road from the public site to finer data: every address is walked, also with hostile questions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from stip.link import recode_areas
from stip.publish import AREA, TOWN, Quarter, in_quarter, published_areas, published_facts, published_figures
from stip.space import Areas
from stip.store import Workspace, read_incidents
from stip_web.public.views.area import HIDDEN, NO_AREA, NO_POSTCODE, NOT_OUT

NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:\.\d{3})+(?![\w,])|(?<![\w.,-])\d+(?![\w]|[.,]\d)")
FILE = ("register.json", "register.csv", "model_card.json", "../../stip.toml", "..%2F..%2Fstip.toml", "facts.json")
HOSTILE = (
    {"buurt": "' OR 1=1 --"},
    {"buurt": "../../data/incidents"},
    {"postcode": "%00"},
    {"postcode": "1234 AB' UNION SELECT"},
    {"kwartaal": "2026-K9"},
    {"kwartaal": "../../../stip.toml"},
    {"soort": "<script>alert(1)</script>"},
    {"week": "2026-W36", "cell": "E194000N443000", "level": "cell", "precision": "address", "limit": "100000"},
    {"from": "2000-01-01", "to": "2030-01-01", "format": "json", "fine": "1"},
    {"bewijs": "x" * 500},
)


def every(resolver: URLResolver, prefix: str = "/") -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from every(entry, route)
        elif isinstance(entry, URLPattern):
            yield route


def addresses() -> list[str]:
    """Give every address of the pages here; the open data walk their own."""
    found = []
    for route in every(get_resolver("stip_web.public.site_urls")):
        if route.startswith("/openbaar/gegevens"):
            continue
        found += [route.replace("<str:name>", name) for name in FILE] if "<" in route else [route]
    return found


def numbers_in(text: str) -> set[int]:
    return {int(found.replace(".", "")) for found in NUMBER.findall(text)}


def text_of(page: bytes) -> str:
    return BeautifulSoup(page, "html.parser").get_text(" ")


def test_every_number_on_every_page_came_through_the_door(public: Client, full: Path) -> None:
    """What a page without figures says, what is published, and the range that a figure stands for: nothing else."""
    empty = full.parent / "aside"
    full.rename(empty)
    full.mkdir()
    plain = set().union(*(numbers_in(text_of(public.get(one).content)) for one in addresses()))
    plain |= numbers_in(" ".join((NO_POSTCODE, NO_AREA, NOT_OUT, *HIDDEN.values())))
    full.rmdir()
    empty.rename(full)
    published = {int(figure) for figure in published_figures(full)["figure"].dropna()}
    written = numbers_in(" ".join(path.read_text() for path in full.rglob("*.json")))
    written |= {int(found) for found in re.findall(r"\d+", " ".join(repr(one) for one in published_facts(full)))}
    written |= {int(found) for name in published_areas(full)["area_name"] for found in re.findall(r"\d+", name)}
    years = {int(year) for year in published_figures(full)["area_year"]}
    months = {int(found) for one in published_facts(full) for found in days_of(one["quarter"])}
    known = plain | published | written | years | months | {4}
    asked = [{}, *HOSTILE, *({"buurt": code} for code in published_areas(full)["area_code"])]
    for address in addresses():
        for question in asked if address == "/openbaar/mijn-buurt" else asked[: len(HOSTILE) + 1]:
            answer = public.get(address, question)
            assert answer.status_code in (200, 301, 302, 404), (address, question)
            body = answer.content.decode("utf-8", "replace")
            assert "<script>alert" not in body
            shown = numbers_in(text_of(answer.content))
            assert shown <= known, (address, question, sorted(shown - known))


def days_of(quarter: str) -> tuple[int, ...]:
    one = Quarter.named(quarter)
    return one.first.day, one.last.day, one.first.year


def test_where_the_true_count_differs_the_page_shows_the_published_figure(
    public: Client, full: Path, published_town: Path
) -> None:
    """Each neighbourhood, quarter and type: compared with the reports themselves, which the page cannot reach."""
    workspace = Workspace.open(published_town)
    areas = Areas(published_areas(full).rename(columns={"area_name": "name"}))
    incidents = recode_areas(read_incidents(workspace), areas)[0].dropna(subset="area_code")
    figures = published_figures(full)
    labels = {label: code for one in published_facts(full) for code, label in one["labels"].items()}
    quarters = sorted(figures["quarter"].unique(), reverse=True)
    true = {
        (quarter, code, crime_type): count
        for quarter in quarters
        for (code, crime_type), count in in_quarter(incidents, Quarter.named(quarter), "Europe/Amsterdam")
        .groupby(["area_code", "crime_type"])
        .size()
        .items()
    }
    differs = 0
    for code, rows in figures[figures["level"] == AREA].groupby("area_code"):
        page = BeautifulSoup(public.get("/openbaar/mijn-buurt", {"buurt": code}).content, "html.parser")
        out = {(row.quarter, row.crime_type): int(row.figure) for row in rows.dropna(subset="figure").itertuples()}
        for line in page.select("tbody tr"):
            crime_type = labels[line.th.get_text()]  # type: ignore[union-attr]
            for quarter, cell in zip(quarters, line.select("td"), strict=True):
                figure = out[quarter, crime_type]
                assert cell.get_text() == (str(figure) if figure else "0 tot 4"), (code, quarter, crime_type)
                differs += true.get((quarter, code, crime_type), 0) != figure
    assert differs > 50, "a town in which nothing is rounded proves nothing"


def test_the_town_has_only_its_published_total(public: Client, full: Path) -> None:
    figures = published_figures(full)
    out = {str(figure) for figure in figures[figures["level"] == TOWN]["figure"].dropna()}
    page = BeautifulSoup(public.get("/openbaar/cijfers").content, "html.parser")
    table = page.find("div", attrs={"aria-labelledby": "gemeente"})
    assert table is not None
    shown = {cell.get_text() for cell in table.select("td.num")}  # type: ignore[union-attr]
    assert shown <= out | {"0 tot 4"}
    assert len(shown) > 3


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_nothing_can_be_sent_but_a_message(public: Client, published: Path, method: str) -> None:
    for address in addresses():
        answer = getattr(public, method)(address)
        takes = address == "/openbaar/reageer" and method == "post"
        assert answer.status_code in ((400,) if takes else (404, 405)), address


def test_every_page_may_be_kept_and_sets_no_cookie(public: Client, full: Path) -> None:
    for address in addresses():
        answer = public.get(address)
        if answer.status_code != 200 or address.endswith(("gezondheid", "ontvangen", "reageer")):
            continue
        assert answer["Cache-Control"] == "public, max-age=0, must-revalidate", address
        assert not answer.cookies, address
        assert not answer.has_header("Set-Cookie"), address
        assert "Last-Modified" in answer, address
        again = public.get(address, headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b""), address
        assert public.head(address).status_code == 200


def test_files_that_are_being_written_are_not_read(public: Client, full: Path) -> None:
    before = public.get("/openbaar/mijn-buurt")["ETag"]
    half = full / "figures" / ".2027-K1"
    half.mkdir()
    (half / "figures.parquet").write_bytes(b"half")
    (half / "facts.json").write_text(json.dumps({"quarter": "2027-K1"}))
    after = public.get("/openbaar/mijn-buurt")
    assert (after.status_code, after["ETag"]) == (200, before)
    assert "2027" not in after.content.decode()


def test_the_site_reads_nothing_but_what_is_published(
    public: Client, full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the public site opened a workspace")

    monkeypatch.setattr(Workspace, "open", refuse)
    monkeypatch.setattr(Workspace, "__init__", refuse)
    read: set[Path] = set()
    real = pd.read_parquet

    def seen(path: Path, *args: object, **kwargs: object) -> pd.DataFrame:
        read.add(Path(path))
        return real(path, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(pd, "read_parquet", seen)
    for address in addresses():
        public.get(address, {"postcode": "1234 AB"})
    assert all(full in path.parents for path in read)


@pytest.mark.parametrize("typed", ["/", "/openbaar/"])
def test_who_types_it_carelessly_comes_to_the_first_page(public: Client, typed: str) -> None:
    answer = public.get(typed)
    assert (answer.status_code, answer["Location"]) == (302, "/openbaar")


def test_a_page_that_is_not_there_is_never_still_good(public: Client) -> None:
    star = {"If-None-Match": "*"}
    assert public.get("/openbaar", headers=star).status_code == 304
    for address in ("/openbaar/nergens", "/openbaar/algoritme/geheim.json", "/openbaar/reageer/ontvangen"):
        assert public.get(address, headers=star).status_code == 404, address
    assert public.get("/openbaar/gezondheid", headers=star).content == b"goed"
