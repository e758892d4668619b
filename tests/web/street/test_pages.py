# SPDX-License-Identifier: EUPL-1.2
"""The four screens: who may open them, what they say, and that each is a plain page too."""

from __future__ import annotations

import json
import re
import shutil
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from stip.store import Workspace
from stip_web.briefings.streets import streets_of
from stip_web.street import shell
from stip_web.street.drawing import drawing
from stip_web.street.models import Entry
from stip_web.street.plan import TeamPlan
from stip_web.street.route import walk
from stip_web.street.towards import cell_towards
from stip_web.workspaces.clock import now

from .conftest import Phone

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]


def soup(client: Client, path: str) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return BeautifulSoup(answer.content, "html.parser")


def test_the_list_has_every_place_in_the_order_of_a_walk(phone: Phone) -> None:
    page = soup(phone.client, "/straat")
    links = [link["href"] for link in page.select(".straat-place")]
    assert links == [f"/straat/plek/{one.place.place_id}" for one in phone.plan.places]
    assert phone.plan.places[0].place.number == 1
    assert "weekplan versie 1" in page.text


def test_without_a_fixed_plan_the_list_says_so(as_role: Callable[[str], Client], own_site: Path) -> None:
    shutil.rmtree(own_site / "decisions" / "plan")
    page = soup(as_role("member"), "/straat")
    assert "nog geen weekplan vastgesteld" in page.text
    assert "nog geen weekplan vastgesteld" in soup(as_role("member"), "/straat/kaart").text


def test_a_place_says_why_what_and_how_long(phone: Phone) -> None:
    one = phone.plan.places[0]
    page = soup(phone.client, f"/straat/plek/{one.place.place_id}")
    assert all(reason in page.text for reason in one.place.reasons)
    assert one.what in page.text
    assert page.select_one("svg.straat-svg .straat-svg__place--this")


def test_the_streets_are_named_in_list_page_map_and_data(phone: Phone, town: Workspace) -> None:
    """A neighbourhood leads nobody to a place; the paper named streets, the phone did not."""
    one = phone.plan.places[0]
    ((first, *_),) = streets_of(town, [one.place.cells], on=now(town).date())
    assert first.name in soup(phone.client, "/straat").select(".straat-place")[0].text
    page = soup(phone.client, f"/straat/plek/{one.place.place_id}")
    assert first.name in page.select("[data-of=streets]")[0].text
    assert page.select(".straat-svg__streets text")
    assert first.name in phone.client.get("/straat/gegevens.json").json()["places"][0]["streets"]


def test_that_no_moment_was_chosen_is_said_once(phone: Phone) -> None:
    assert not any(one.place.slots for one in phone.plan.places)
    said = soup(phone.client, "/straat").text
    assert said.count("dagdeel") == 1
    assert "het meest verwacht:" not in said
    assert "het meest verwacht:" in soup(phone.client, f"/straat/plek/{phone.plan.places[0].place.place_id}").text


def test_a_page_without_a_place_can_be_filled_from_the_data(phone: Phone) -> None:
    """The phone opens it for a place whose page is not kept yet: every part it fills is in the data of that place."""
    page = soup(phone.client, "/straat/plek")
    told = phone.client.get("/straat/gegevens.json").json()["places"][0]
    assert {str(part["data-of"]) for part in page.select("[data-of]")} <= set(told)
    whole = soup(phone.client, f"/straat/plek/{told['id']}")
    for part in whole.select("[data-of]"):
        value = told[str(part["data-of"])]
        said = (
            "".join(value) if part["data-of"] == "reasons" else ", ".join(value) if isinstance(value, list) else value
        )
        assert part.text.strip() == str(said), part["data-of"]
    assert page.select_one("form#melding [name=hoe]")
    assert not page.select("svg.straat-svg")


def test_the_week_of_a_qr_code_is_heeded_and_nonsense_is_not(phone: Phone) -> None:
    first = phone.plan.places[0].place.place_id
    assert phone.client.get(f"/straat/plek/{first}?week={phone.plan.week.lower()}").status_code == 200
    assert phone.client.get(f"/straat/plek/{first}?week=2025-W01").status_code == 404
    assert phone.client.get(f"/straat/plek/{first}?week=gisteren").status_code == 200
    assert phone.client.get("/straat/plek/nergens").status_code == 404


def form_of(phone: Phone, **given: str) -> dict[str, str]:
    page = soup(phone.client, f"/straat/plek/{phone.plan.places[0].place.place_id}")
    number = page.select_one("input[name=nummer]")
    assert number is not None
    return {"nummer": str(number["value"]), "geweest": "ja", "hoe": "druk"} | given


def post(phone: Phone, form: dict[str, str]) -> tuple[int, str]:
    answer = phone.client.post(f"/straat/plek/{phone.plan.places[0].place.place_id}", form)
    return answer.status_code, answer.content.decode()


def test_without_script_the_form_is_posted_and_twice_counts_once(phone: Phone, town: Workspace) -> None:
    form = form_of(phone, richting="no", afstand="2", opmerking="Stil hier")
    assert [post(phone, form)[0] for _ in range(2)] == [302, 302]
    entry = Entry.objects.get()
    assert (entry.code, str(entry.pk)) == ("druk", form["nummer"])
    assert entry.better == [cell_towards(town, phone.plan.places[0], "no", 2)]
    assert "✓ geweest, druk" in soup(phone.client, "/straat").text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"geweest": ""}, "Kies eerst of u er geweest bent"),
        ({"hoe": ""}, "Kies hoe het was"),
        ({"geweest": "nee"}, "Kies waarom u er niet geweest bent"),
        ({"opmerking": "Zie kenteken 12-ABC-3"}, "kenteken"),
    ],
)
def test_without_script_a_form_that_does_not_fit_says_why(phone: Phone, given: dict[str, str], said: str) -> None:
    status, text = post(phone, form_of(phone, **given))
    assert (status, said in text) == (400, True)
    assert not Entry.objects.exists()


def test_the_data_has_no_name_and_every_page_to_keep(phone: Phone) -> None:
    phone.send(phone.entry())
    told = phone.client.get("/straat/gegevens.json").json()
    assert set(told) == {
        "owner", "build", "token", "now_ms", "week", "team", "plan_id", "version", "held", "places", "told", "pages",
    }  # fmt: skip
    assert "member-test" not in json.dumps(told)
    assert len(told["pages"]) == 4 + len(phone.plan.places)
    assert all(phone.client.get(page).status_code == 200 for page in told["pages"])
    assert told["told"][phone.plan.places[0].place.place_id][0]["words"] == "geweest, rustig"


def test_the_worker_may_answer_for_the_street_and_keeps_what_its_pages_need(phone: Phone) -> None:
    answer = Client().get("/straat/sw.js")
    assert answer["Service-Worker-Allowed"] == "/straat"
    script = answer.content.decode()
    kept = json.loads(re.search(r"self\.STIP = (.*?);\n", script)[1])["shell"]  # type: ignore[index]
    assert "import" not in re.sub(r'"[^"]*"', "", script.split("\n", 1)[1])
    page = soup(phone.client, "/straat")
    needed = [tag.get("src") or tag.get("href") for tag in page.select("script[src], link[rel=stylesheet]")]
    assert set(needed) <= set(kept)
    assert set(kept) == set(shell.shell())
    client = Client()
    for url in kept:
        answer = client.get(url)
        answer.close()  # a file that is given as it is read
        assert answer.status_code == 200, url


def test_it_can_be_installed() -> None:
    told = Client().get("/straat/app.webmanifest").json()
    assert (told["start_url"], told["display"]) == ("/straat", "standalone")
    assert {"192x192", "512x512"} == {icon["sizes"] for icon in told["icons"]}


NO_TRAIL = re.compile(r"geolocation|watchPosition|getCurrentPosition|DeviceMotion|DeviceOrientation", re.IGNORECASE)


def test_no_code_asks_where_the_phone_is(phone: Phone) -> None:
    folders = [ROOT / "frontend/src/street", ROOT / "src/stip_web/street"]
    built = [shell._folder() / str(part["file"]) for part in shell._manifest()[0].values()]
    of_street = [path for path in built if path.name.startswith("street")]
    files = [path for top in folders for path in top.rglob("*") if path.suffix in (".ts", ".py", ".html", ".css")]
    assert len(of_street) >= 2
    assert [path.name for path in (*files, *of_street) if NO_TRAIL.search(path.read_text(encoding="utf-8"))] == []
    assert "geolocation=()" in phone.client.get("/straat")["Permissions-Policy"]


def test_the_drawing_says_which_cells_count(town: Workspace, plan: TeamPlan) -> None:
    drawn = drawing(town, plan.places, margin_m=500)
    columns, rows = drawn.width // drawn.cell, drawn.height // drawn.cell
    assert len(drawn.inside) == columns * rows
    assert len(drawn.shapes) == len(plan.places)
    for one in plan.places:
        x, y = (int(value[0]) for value in town.grid.corner([one.place.cells[0]]))  # type: ignore[arg-type]
        column, row = (x - drawn.west) // drawn.cell, (drawn.north - drawn.cell - y) // drawn.cell
        assert drawn.inside[row * columns + column] == "1"
    assert drawn.roads.startswith("M")


def test_a_walk_visits_each_once_and_does_not_cross_itself() -> None:
    square = [(0.0, 0.0), (10.0, 10.0), (10.0, 0.0), (0.0, 10.0), (5.0, 5.0)]
    order = walk(square)
    assert sorted(order) == list(range(5))
    assert order[0] == 0
    assert walk([]) == []
    assert walk([(1.0, 1.0)]) == [0]


def test_two_people_have_two_marks_that_say_nothing(as_role: Callable[[str], Client], town: Workspace) -> None:
    marks = {as_role(role).get("/straat/gegevens.json").json()["owner"] for role in ("member", "coordinator")}
    assert len(marks) == 2
    assert not any(uuid.UUID(int=0).hex.startswith(mark) for mark in marks)
