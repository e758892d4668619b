# SPDX-License-Identifier: EUPL-1.2
"""Saved views: one's own, shared by a link, seen by one's own rights."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from stip_web.accounts.models import Role, User
from stip_web.audit.models import AuditLine
from stip_web.dots.actions import RenameView, ViewNameError
from stip_web.dots.models import SavedView

AsRole = Callable[[str], Client]
QUERY = "soort=vandalism&soort=bicycle_theft&van=2026-03-02&tot=2026-08-30&gebied=WK999900"


def save(client: Client, name: str = "Station, avond", query: str = QUERY) -> SavedView:
    answer = client.post(f"/kaart/weergaven/nieuw?{query}", {"naam": name})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return SavedView.objects.get(name=name)


def told(page: str) -> str:
    found = re.search(r"<strong data-count-text>([\d.]+ van [\d.]+ meldingen)</strong>", page)
    assert found
    return found[1]


def test_a_view_keeps_the_filter_and_stands_in_the_list(as_role: AsRole) -> None:
    client = as_role("analyst")
    view = save(client)
    assert view.query == QUERY
    page = client.get("/kaart/weergaven").content.decode()
    assert f"http://testserver/w/{view.code}" in page
    line = AuditLine.objects.get()
    assert (line.action, line.details) == ("view.save", {"page": "kaart", "query": QUERY})


def test_a_button_that_is_pressed_twice_makes_one_view(as_role: AsRole) -> None:
    client = as_role("analyst")
    assert save(client).pk == save(client).pk


def test_a_colleague_with_the_same_rights_sees_the_same_numbers(as_role: AsRole) -> None:
    mine = as_role("analyst")
    view = save(mine)
    direct = told(mine.get(f"/kaart?{QUERY}").content.decode())
    colleague = User.objects.create(username="collega")
    colleague.roles.add(Role.objects.get(code="analyst"))
    other = Client()
    other.force_login(colleague, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = other.get(f"/w/{view.code}", follow=True)
    assert page.redirect_chain == [(f"/kaart?{QUERY}", 302)]
    assert told(page.content.decode()) == direct


def test_who_may_see_less_gets_the_coarse_map_with_an_explanation(as_role: AsRole) -> None:
    view = save(as_role("analyst"))
    page = as_role("member").get(f"/w/{view.code}", follow=True)
    assert page.status_code == 200
    said = page.content.decode()
    assert "Verborgen om privacy" in said
    assert "buurten en hele weken" in said
    assert "‘Station, avond’" in said


@pytest.mark.parametrize(("role", "status"), [("administrator", 403), ("policy", 302), ("member", 302)])
def test_the_link_asks_who_looks(role: str, status: int, as_role: AsRole) -> None:
    view = save(as_role("analyst"))
    assert as_role(role).get(f"/w/{view.code}").status_code == status


def test_a_view_opens_the_page_it_was_made_on(as_role: AsRole) -> None:
    client = as_role("analyst")
    client.post(f"/kaart/weergaven/nieuw?{QUERY}&pagina=vergelijk", {"naam": "Jaar op jaar"})
    view = SavedView.objects.get()
    assert client.get(f"/w/{view.code}")["Location"].startswith("/kaart/vergelijk?")
    assert client.get("/kaart/weergaven/nieuw?pagina=elders").status_code == 400


def test_a_view_gets_another_name_and_keeps_its_link(as_role: AsRole) -> None:
    client = as_role("analyst")
    view = save(client)
    assert client.get(f"/kaart/weergaven/{view.code}/naam").status_code == 200
    client.post(f"/kaart/weergaven/{view.code}/naam", {"naam": "Rond het station"})
    view.refresh_from_db()
    assert view.name == "Rond het station"
    assert [line.action for line in AuditLine.objects.order_by("id")] == ["view.save", "view.rename"]


def test_a_view_is_thrown_away_after_asking(as_role: AsRole) -> None:
    client = as_role("analyst")
    view = save(client)
    assert "niet terug te draaien" in client.get(f"/kaart/weergaven/{view.code}/weg").content.decode()
    assert SavedView.objects.exists()
    client.post(f"/kaart/weergaven/{view.code}/weg")
    assert not SavedView.objects.exists()
    assert client.get(f"/w/{view.code}").status_code == 404


@pytest.mark.parametrize("what", ["naam", "weg"])
def test_nobody_changes_the_view_of_another(what: str, as_role: AsRole) -> None:
    view = save(as_role("analyst"))
    assert as_role("coordinator").post(f"/kaart/weergaven/{view.code}/{what}", {"naam": "Anders"}).status_code == 404
    assert SavedView.objects.get().name == "Station, avond"


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "Rond mevrouw Jansen", "Singel 40", "bel 0612345678"])
def test_a_name_that_is_empty_long_or_about_somebody_is_refused(name: str, as_role: AsRole) -> None:
    answer = as_role("analyst").post(f"/kaart/weergaven/nieuw?{QUERY}", {"naam": name})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert not SavedView.objects.exists()


def test_a_view_never_keeps_an_address_that_was_looked_for(as_role: AsRole) -> None:
    view = save(as_role("analyst"), query=f"{QUERY}&adres=Aakkade+1")
    assert view.query == QUERY


def test_a_name_keeps_no_sign_that_a_database_refuses(as_role: AsRole) -> None:
    client = as_role("analyst")
    client.post(f"/kaart/weergaven/nieuw?{QUERY}", {"naam": "Haven\x00avond"})
    assert [view.name for view in SavedView.objects.all()] in ([], ["Haven?avond"])


def test_renaming_what_was_just_thrown_away_is_a_sentence(user_in: Callable[[str], User], as_role: AsRole) -> None:
    view = save(as_role("analyst"))
    SavedView.objects.filter(pk=view.pk).delete()
    with pytest.raises(ViewNameError, match="weggegooid"):
        RenameView(user_in("analyst"), view=view, name="Haven").run()
