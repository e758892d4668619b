# SPDX-License-Identifier: EUPL-1.2
"""The page: what it says of a week without a plan, of a proposal, of a plan that changed, and to whom."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from stip.plan import Override, PlannedPlace, proposal_of, record_override
from stip.store import Workspace
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.models import AccessLine, AuditLine
from stip_web.briefings.briefing import NO_SEARCH
from stip_web.briefings.gather import briefing_of
from stip_web.briefings.reader import Reader
from stip_web.workspaces.clock import this_week

from .conftest import NOW, Fix, newest
from .said import PAGE, PAPER, WEEK, bare, on_page, on_sides

ALL = Reader(fine=True, concept=True)
CELL_NAME = re.compile(r"E\d{4,}N\d{4,}")


def test_a_proposal_is_a_concept_and_says_so_on_both_sides(site: Path, as_role: Callable[[str], Client]) -> None:
    client = as_role("coordinator")
    page = on_page(client.get(PAGE).content)
    assert bare("Concept, nog niet vastgesteld.") in page
    assert bare("concept van") in page
    sides = on_sides(client.get(PAPER).content)
    assert len(sides) == 2
    assert all("CONCEPT" in side for side in sides)


@pytest.mark.parametrize("role", ["member", "policy"])
def test_who_does_not_make_the_plan_sees_no_concept(role: str, site: Path, as_role: Callable[[str], Client]) -> None:
    client = as_role(role)
    page = on_page(client.get(PAGE).content)
    assert bare("nog niet vastgesteld") in page
    for place in proposal_of(newest(Workspace.open(site))).places:
        assert place.place_id not in page
    assert client.get(PAPER).status_code == 404


def test_a_week_without_a_plan_says_so(site: Path, as_role: Callable[[str], Client]) -> None:
    client = as_role("coordinator")
    answer = client.get("/weekplan/2026-w30/briefing")
    assert answer.status_code == 200
    assert bare("Voor deze week is nog geen weekplan gemaakt.") in on_page(answer.content)
    assert client.get("/weekplan/2026-w30/briefing.pdf").status_code == 404


def test_the_short_address_leads_to_this_week(site: Path, as_role: Callable[[str], Client]) -> None:
    week = this_week(Workspace.open(site))
    assert as_role("member").get("/weekplan/briefing")["Location"] == f"/weekplan/{week.lower()}/briefing"


def test_who_sees_totals_only_gets_no_place_street_or_fact(fix: Fix, as_role: Callable[[str], Client]) -> None:
    workspace = fix()
    fine = briefing_of(workspace, WEEK, ALL, root="http://testserver")
    client = as_role("policy")
    body = client.get(PAGE).content
    page, paper = on_page(body), "".join(on_sides(client.get(PAPER).content))
    for said in (page, paper):
        for place in fine.places:
            assert bare(place.where) not in said
            assert place.place_id not in said
            assert all(bare(fact) not in said for fact in place.why)
        assert NO_SEARCH.replace(" ", "") in said
    assert b"data:image" not in body
    assert not CELL_NAME.search(body.decode())
    for said in (page, paper):
        assert all(bare(each.areas[0]) in said for each in proposal_of(newest(workspace)).places)
        assert bare(f"{len(fine.places)} plekken in") in said
    coarse = briefing_of(workspace, WEEK, Reader(fine=False), root="")
    assert "uur" not in coarse.lead
    assert "uur" in fine.lead
    content = BeautifulSoup(body, "html.parser").find(id="inhoud")
    assert content is not None
    assert not re.search(r"\d uur|Uren\b", content.get_text().replace(coarse.version, ""))
    assert AuditLine.objects.get().details["fine"] is False


def test_a_member_gets_the_places_of_the_own_team_and_no_word_of_others(
    fix: Fix, own_site: Path, as_role: Callable[[str], Client], user_in: Callable[[str], object]
) -> None:
    settings = (own_site / "stip.toml").read_text()
    teams = '[plan.teams]\neerste = "Flexteam"\nteam-zuid = "Team Zuid"\n'
    (own_site / "stip.toml").write_text(settings.replace("[plan.teams]\n", teams))

    def odd_goes_south(place: PlannedPlace) -> PlannedPlace:
        return replace(place, team="team-zuid" if place.number % 2 else "")

    workspace = fix(odd_goes_south)
    everything = briefing_of(workspace, WEEK, ALL, root="http://testserver").places
    member = user_in("member")
    for code, mine in (("team-zuid", 1), ("", 0), ("eerste", 0)):
        member.team = code  # type: ignore[attr-defined]
        member.save()  # type: ignore[attr-defined]
        client = as_role("member")
        body = client.get(PAGE).content.decode()
        sides = on_sides(client.get(PAPER).content)
        for place in everything:
            own = place.number % 2 == mine
            assert (place.feedback in body) is own
            assert (bare(place.where) in sides[1]) is own
            assert place.who == ("Team Zuid" if place.number % 2 else "Flexteam")
        assert bare("Uzietdeplekkenvanuweigenteam.") in bare(body)
    member.team = "opgeheven"  # type: ignore[attr-defined]
    member.save()  # type: ignore[attr-defined]
    body = as_role("member").get(PAGE).content.decode()
    assert not [place for place in everything if place.feedback in body]


def test_a_neighbourhood_where_few_live_goes_by_its_district_for_who_sees_totals_only(
    fix: Fix, own_site: Path, as_role: Callable[[str], Client]
) -> None:
    fix()
    file = own_site / "stip.toml"
    few = file.read_text().replace("[dwellings]\nminimum = 10\n", "[dwellings]\nminimum = 1000000\n")
    assert few != file.read_text()
    file.write_text(few)
    workspace = Workspace.open(own_site)
    places = proposal_of(newest(workspace)).places
    client = as_role("policy")
    for address in (PAGE, PAGE.removesuffix("/briefing")):
        page = on_page(client.get(address).content)
        assert all(bare(place.district) in page for place in places)
        assert not [place.areas[0] for place in places if bare(place.areas[0]) in page]


def test_who_makes_the_plan_reads_the_whole_briefing_and_who_has_no_right_to_it_no_place(site: Path) -> None:
    workspace = Workspace.open(site)

    def reader(*held: May) -> Reader:
        return Reader.of(SimpleNamespace(may=lambda *any_of: bool({*any_of} & {*held}), team=""), workspace)  # type: ignore[arg-type]

    assert reader(May.PLAN_READ, May.PLAN_WRITE) == ALL
    assert reader(May.PLAN_READ, May.OUTLOOK_READ) == ALL
    assert reader(May.PLAN_OWN, May.OUTLOOK_READ) == Reader(fine=True, team=next(iter(workspace.settings.plan.teams)))
    assert reader(May.PLAN_READ) == Reader(fine=False)


def test_reading_a_briefing_is_logged_as_reading_the_plan(site: Path, as_role: Callable[[str], Client]) -> None:
    as_role("coordinator").get(PAGE)
    assert set(AccessLine.objects.values_list("activity", flat=True)) == {"weekplan"}


def test_a_team_without_places_reads_that_it_has_none(
    fix: Fix, own_site: Path, as_role: Callable[[str], Client], user_in: Callable[[str], object]
) -> None:
    file = own_site / "stip.toml"
    teams = '[plan.teams]\neerste = "Flexteam"\neen-ander-team = "Anders"\n'
    file.write_text(file.read_text().replace("[plan.teams]\n", teams))
    fix()
    member = user_in("member")
    member.team = "een-ander-team"  # type: ignore[attr-defined]
    member.save()  # type: ignore[attr-defined]
    client = as_role("member")
    assert bare("Geen plekken. In dit weekplan staat geen plek voor u.") in on_page(client.get(PAGE).content)
    (side,) = on_sides(client.get(PAPER).content)
    assert bare("Er zijn deze week geen plekken.") in side


def test_a_new_version_says_what_changed(fix: Fix, as_role: Callable[[str], Client]) -> None:
    workspace = fix()
    dropped = proposal_of(newest(workspace)).places[0]
    fix(leave_out={dropped.place_id: "Er is die week een kermis"})
    AuditLine.objects.create(
        actor_name="wie dan ook", roles="Coördinator", action="plan.fix", subject=WEEK, details={"version": 2}
    )
    cells = tuple(proposal_of(newest(workspace)).places[1].cells)
    record_override(workspace, Override(WEEK, "add", cells, "Drukker door de kermis", "lid"), at=NOW)
    client = as_role("coordinator")
    page, sides = on_page(client.get(PAGE).content), on_sides(client.get(PAPER).content)
    for said in (page, *sides):
        assert (
            bare("versie 2, vastgesteld op 7 september 2026, 10.00 uur door coördinator, 1 wijziging na versie 1")
            in said
        )
        assert "wiedanook" not in said
    for said in (page, sides[0]):
        assert bare(f"Plek {dropped.number} (") in said
        assert bare("vervalt: Er is die week een kermis.") in said
        assert bare("Eigen inzicht van teamlid: 1 plek toegevoegd.") in said
    assert dropped.place_id not in page


def test_an_own_place_shows_its_reason_and_another_shape(fix: Fix, as_role: Callable[[str], Client]) -> None:
    def own(place: PlannedPlace) -> PlannedPlace:
        return replace(place, origin="person", reason="Wijkagent noemt hangplek") if place.number == 2 else place

    workspace = fix(own)
    place = briefing_of(workspace, WEEK, ALL, root="").places[1]
    assert place.why[0] == "Eigen inzicht: Wijkagent noemt hangplek"
    assert (len(place.why), place.sign, place.origin_label) == (3, "vierkant", "eigen inzicht")
    body = BeautifulSoup(as_role("coordinator").get(PAGE).content, "html.parser")
    assert "eigen inzicht" in body.find(id="plek-2").find_parent("article").text  # type: ignore[union-attr]
    assert body.find(id="plek-2").find("span")["class"] == ["sign", "sign--person"]  # type: ignore[union-attr,index]


def test_where_most_is_expected_is_no_appointment(fix: Fix, as_role: Callable[[str], Client]) -> None:
    def open_moments(place: PlannedPlace) -> PlannedPlace:
        return replace(place, slots=(), visits=2, when=("wo–vr 16–20 uur",))

    first = briefing_of(fix(open_moments), WEEK, ALL, root="").places[0]
    assert first.when == "nog geen dagdeel; het meest verwacht: wo–vr 16–20 uur"
    assert bare(first.when) in on_page(as_role("member").get(PAGE).content)


def test_moments_that_people_chose_stand_instead_of_where_most_is_expected(
    fix: Fix, as_role: Callable[[str], Client]
) -> None:
    def moments(place: PlannedPlace) -> PlannedPlace:
        return (
            replace(place, slots=("di-avond", "vr-nacht"), when=()) if place.number == 1 else replace(place, when=())
        )

    workspace = fix(moments)
    first, second, *_ = briefing_of(workspace, WEEK, ALL, root="").places
    assert (first.when, second.when) == (
        "dinsdag avond, vrijdag nacht; van 1 bezoek nog geen dagdeel",
        "nog geen dagdeel, kies zelf",
    )
    assert bare(first.when) in on_page(as_role("member").get(PAGE).content)


def test_the_page_brings_no_script_or_style_of_its_own(fix: Fix, as_role: Callable[[str], Client]) -> None:
    fix()
    answer = as_role("member").get(PAGE)
    body = BeautifulSoup(answer.content, "html.parser")
    assert not body.find_all(style=True)
    assert not body.find_all("style")
    assert all(script.get("src") for script in body.find_all("script"))
    content = body.find(id="inhoud")
    assert content is not None
    sources = [str(image["src"]) for image in content.find_all("img")]  # type: ignore[union-attr]
    assert sources
    assert all(source.startswith("data:image/svg+xml") for source in sources)
    assert "img-src 'self' data:" in answer["Content-Security-Policy"]


def test_only_who_answers_gets_a_link_to_the_phone(fix: Fix, as_role: Callable[[str], Client]) -> None:
    fix()
    assert b'href="http://testserver/straat/plek/' in as_role("member").get(PAGE).content
    assert b'href="http://testserver/straat/plek/' not in as_role("analyst").get(PAGE).content


def test_the_notice_names_no_street_hour_or_fact(fix: Fix, as_role: Callable[[str], Client]) -> None:
    workspace = fix()
    body = BeautifulSoup(as_role("coordinator").get(PAGE).content, "html.parser")
    notice = body.find("blockquote")
    assert notice is not None
    said = notice.get_text()
    places = briefing_of(workspace, WEEK, ALL, root="").places
    assert places[0].district in said
    for place in places:
        assert place.where.split(",")[0] not in said
        assert place.when not in said
    assert BeautifulSoup(as_role("analyst").get(PAGE).content, "html.parser").find("blockquote") is None
