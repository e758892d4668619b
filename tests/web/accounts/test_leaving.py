# SPDX-License-Identifier: EUPL-1.2
"""Who logs out leaves nothing behind in the browser, from whichever page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client

pytestmark = pytest.mark.django_db


def test_every_log_out_clears_the_cache_and_nothing_that_waits(as_role: Callable[[str], Client]) -> None:
    client = as_role("member")
    assert not client.get("/").has_header("Clear-Site-Data")
    page = BeautifulSoup(client.get("/").content, "html.parser")
    (form,) = page.select("form[data-leave]")
    answer = client.post(str(form["action"]))
    assert (answer.status_code, answer["Clear-Site-Data"]) == (302, '"cache"')
    assert not client.get(str(answer["Location"])).has_header("Clear-Site-Data")


@pytest.mark.parametrize("path", ["/", "/straat", "LOGOUT"])
def test_each_form_to_log_out_is_one_the_script_knows(path: str, as_role: Callable[[str], Client]) -> None:
    client = as_role("member")
    action = str(BeautifulSoup(client.get("/").content, "html.parser").select_one("form[data-leave]")["action"])  # type: ignore[index]
    page = BeautifulSoup(client.get(action if path == "LOGOUT" else path).content, "html.parser")
    forms = page.select(f'form[action="{action}"]')
    assert forms
    assert all(form.has_attr("data-leave") for form in forms)


def test_the_page_to_log_in_says_that_it_is_one() -> None:
    page = BeautifulSoup(Client().get("/", follow=True).content, "html.parser")
    assert len(page.select("form[data-enter]")) == 1
