# SPDX-License-Identifier: EUPL-1.2
"""The register of processing names who receives what Stip keeps itself, as the rights of the roles stand."""

from __future__ import annotations

import pytest

from stip_web.accounts.models import Role
from stip_web.accounts.permissions import Permission as May
from stip_web.oversight.own import kept

pytestmark = pytest.mark.django_db


def _recipients(activity: str) -> list[str]:
    return next(each for each in kept() if each.activity == activity).recipients.split("; ")


def test_who_may_read_a_remark_of_the_street_is_who_the_register_names() -> None:
    named = _recipients("Opmerkingen van de straat")
    assert {"Analist", "Coördinator", "Functionaris gegevensbescherming"} <= set(named)
    assert "Beheerder" not in named and "wie de opmerking schreef" in named
    role = Role.objects.get(code="analyst")
    role.permissions = [each for each in role.permissions if each != May.FEEDBACK_READ]
    role.save()
    assert "Analist" not in _recipients("Opmerkingen van de straat")
    assert "Beheerder" in _recipients("Accounts") and "Analist" not in _recipients("Accounts")
    assert set(_recipients("Berichten van inwoners")) == {"Bestuur en beleid", "Functionaris gegevensbescherming"}


def test_a_remark_may_hold_somebody_who_stood_by() -> None:
    remarks = next(each for each in kept() if each.activity == "Opmerkingen van de straat")
    assert "zoals iemand op straat" in remarks.subjects
