# SPDX-License-Identifier: EUPL-1.2
"""Destroying what is past its term: until the limits that somebody approved, and never in silence by one person."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from django.test import Client
from django.utils import timezone

from stip.agreements import retention, retention_limit
from stip.errors import AgreementError
from stip.store import Workspace, batches, read_batch, read_incidents
from stip_web.accounts.models import Role, User
from stip_web.audit.models import AccessLine, AuditLine
from stip_web.audit.retention import log_limit
from stip_web.oversight.approved import waiting
from stip_web.oversight.keeping import ApproveRetention, RunRetention
from stip_web.oversight.models import RetentionDone, RetentionOrder
from stip_web.workspaces.clock import today

ADDRESS = "/toezicht/bewaren"
WHY = {"reason": "De termijn is voorbij."}


def keep_for(folder: Path, months: float) -> None:
    path = folder / "agreements" / "bvh.toml"
    text = re.sub(r"(?m)^retention_months = .*", f"retention_months = {months:g}", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")


def months_since_the_first(workspace: Workspace) -> float:
    """Give a term that the first report passed just now: a few days ago at most."""
    first, zone = read_incidents(workspace)["from_at"].min(), workspace.settings.town.time_zone
    terms = [tenth / 10 for tenth in range(10, 1200)]
    return max(term for term in terms if retention_limit(today(workspace), term, zone) > first)


def reports(workspace: Workspace) -> int:
    return sum(len(read_batch(workspace, each["batch_id"])) for each in batches(workspace))


def carry_out(client: Client) -> Any:
    return client.post(f"{ADDRESS}/uitvoeren", {"order": RetentionOrder.objects.all()[0].pk})


def looked(at: datetime) -> None:
    AccessLine.objects.create(actor_name="a", at=at, activity="kaart", trace_id="a" * 32)


def test_one_approves_and_another_destroys(as_role: Callable[[str], Client], own_site: Path) -> None:
    keep_for(own_site, 2)
    workspace = Workspace.open(own_site)
    kept = sum(len(read_batch(workspace, each["batch_id"])) for each in batches(workspace))
    fg, administrator, analyst = (as_role(role) for role in ("privacy_officer", "administrator", "analyst"))
    assert administrator.post("/toezicht/bewaren/goedkeuren", {"reason": "oud"}).status_code == 403
    assert administrator.post("/toezicht/bewaren/uitvoeren").status_code == 400, "nothing is approved yet"
    assert fg.post("/toezicht/bewaren/goedkeuren", {"reason": ""}).status_code == 400
    assert fg.post("/toezicht/bewaren/goedkeuren", {"reason": "De termijn is voorbij."}).status_code == 302
    assert fg.post("/toezicht/bewaren/uitvoeren").status_code == 403
    assert analyst.post("/toezicht/bewaren/uitvoeren").status_code == 403
    assert sum(len(read_batch(workspace, each["batch_id"])) for each in batches(workspace)) == kept
    assert "vernietigen</button>" in administrator.get("/toezicht/bewaren").content.decode()
    assert carry_out(administrator).status_code == 302
    left = sum(len(read_batch(workspace, each["batch_id"])) for each in batches(workspace))
    (row,) = fg.get("/toezicht/bewaren.json").json()["rows"]
    assert row["destroyed"].replace(".", "") == f"meldingen {kept - left}" and left < kept
    assert carry_out(administrator).status_code == 400, "it is done once"


@pytest.mark.parametrize("months", [2, 7])
def test_an_approval_lapses_when_the_term_is_another(
    own_site: Path, as_role: Callable[[str], Client], months: int
) -> None:
    keep_for(own_site, 6)
    workspace, fg, administrator = Workspace.open(own_site), as_role("privacy_officer"), as_role("administrator")
    kept = reports(workspace)
    assert fg.post(f"{ADDRESS}/goedkeuren", WHY).status_code == 302
    assert "van vóór" in administrator.get(ADDRESS).content.decode()
    keep_for(own_site, months)
    answer = carry_out(administrator)
    assert answer.status_code == 400 and "is veranderd sinds de goedkeuring" in answer.content.decode()
    assert reports(workspace) == kept and not RetentionDone.objects.exists()
    page = html.unescape(fg.get(ADDRESS).content.decode())
    assert "De goedkeuring is vervallen" in page and "Vernietigen goedkeuren</button>" in page
    assert [row["lapsed"] for row in fg.get(f"{ADDRESS}.json").json()["rows"]] == ["ja"]
    assert fg.post(f"{ADDRESS}/goedkeuren", WHY).status_code == 302, "what lapsed is in nobody's way"
    foreseen = RetentionOrder.objects.all()[0].foreseen["reports"]
    assert carry_out(administrator).status_code == 302
    assert reports(workspace) == kept - foreseen
    assert [row["lapsed"] for row in fg.get(f"{ADDRESS}.json").json()["rows"]] == ["", "ja"]


def test_a_term_that_changes_at_the_last_moment_changes_nothing_of_what_goes(
    own_site: Path, user_in: Callable[[str], User], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_for(own_site, 6)
    workspace = Workspace.open(own_site)
    order = ApproveRetention(user_in("privacy_officer"), workspace=workspace, why="Voorbij.").run()
    kept, write = reports(workspace), RunRetention.then

    def then(self: RunRetention, changed: RetentionDone) -> RetentionDone:
        keep_for(own_site, 1)
        return write(self, changed)

    monkeypatch.setattr(RunRetention, "then", then)
    RunRetention(user_in("administrator"), workspace=workspace, order=order).run()
    assert reports(workspace) == kept - order.foreseen["reports"]
    assert retention(workspace, on=order.on, dry_run=True)["destroyed"].sum() > 0


def test_a_source_of_which_nothing_was_approved_keeps_what_it_has(
    own_site: Path, user_in: Callable[[str], User]
) -> None:
    keep_for(own_site, 6)
    workspace = Workspace.open(own_site)
    order = ApproveRetention(user_in("privacy_officer"), workspace=workspace, why="Voorbij.").run()
    assert list(order.limits["reports"]) == ["bvh"]
    later = {"other": pd.Timestamp("2100-01-01", tz="UTC")}
    assert retention(workspace, on=order.on, limits=later).empty


def test_lines_of_the_log_go_until_the_moment_of_the_approval(own_site: Path, user_in: Callable[[str], User]) -> None:
    looked(log_limit(timezone.now()) - timedelta(days=40))
    workspace = Workspace.open(own_site)
    order = ApproveRetention(user_in("privacy_officer"), workspace=workspace, why="Voorbij.").run()
    looked(log_limit(timezone.now()))  # passes its term since
    assert RunRetention(user_in("administrator"), workspace=workspace, order=order).run().destroyed["logs"] == 1
    assert AccessLine.objects.count() == 1


def test_an_approval_lapses_with_the_term_of_the_log_and_one_of_before_knows_no_limits(
    own_site: Path, user_in: Callable[[str], User], settings: Any
) -> None:
    looked(log_limit(timezone.now()) - timedelta(days=40))
    workspace, administrator = Workspace.open(own_site), user_in("administrator")
    order = ApproveRetention(user_in("privacy_officer"), workspace=workspace, why="Voorbij.").run()
    assert waiting(workspace) == order
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"log_months": 1})
    with pytest.raises(AgreementError, match="termijn van het logboek is veranderd"):
        RunRetention(administrator, workspace=workspace, order=order).run()
    before = RetentionOrder.objects.create(
        reason="Voorbij.", on=today(workspace), kinds=["logs"], foreseen={"logs": 1}
    )
    with pytest.raises(AgreementError, match="eerdere versie"):
        RunRetention(administrator, workspace=workspace, order=before).run()
    with pytest.raises(AgreementError, match="opnieuw goedgekeurd"):
        RunRetention(administrator, workspace=workspace, order=order).run()


def test_one_person_may_do_both_and_that_is_said(own_site: Path, as_role: Callable[[str], Client]) -> None:
    keep_for(own_site, 6)
    officer = Role.objects.get(code="privacy_officer")
    officer.permissions = sorted({*officer.permissions, "retention.run"})
    officer.save()
    fg, administrator = as_role("privacy_officer"), as_role("administrator")
    assert fg.post(f"{ADDRESS}/goedkeuren", WHY).status_code == 302
    assert "U keurde dit zelf goed." in fg.get(ADDRESS).content.decode()
    assert "U keurde dit zelf goed." not in administrator.get(ADDRESS).content.decode()
    assert carry_out(fg).status_code == 302
    assert "(dezelfde persoon als die goedkeurde)" in fg.get(ADDRESS).content.decode()
    (row,) = fg.get(f"{ADDRESS}.json").json()["rows"]
    assert row["same_person"] == "ja"
    assert AuditLine.objects.get(action="retention.run").details["same_person"] is True


def test_what_passes_its_term_each_week_is_no_alarm_and_what_is_forgotten_is(
    own_site: Path, as_role: Callable[[str], Client]
) -> None:
    fg, workspace = as_role("privacy_officer"), Workspace.open(own_site)

    def said() -> dict[str, object]:
        rows: dict[str, dict[str, object]] = {row["title"]: row for row in fg.get("/toezicht.json").json()["rows"]}
        return rows["Voorbij de bewaartermijn"]

    assert (said()["count"], said()["mark"]) == (0, "In orde")
    term = months_since_the_first(workspace)
    keep_for(own_site, term)
    assert said()["count"] != 0 and said()["mark"] == "In orde"
    assert "korter dan een maand" in str(said()["lines"])
    assert fg.post(f"{ADDRESS}/goedkeuren", WHY).status_code == 302
    assert said()["mark"] == "Let op", "somebody has to carry it out"
    keep_for(own_site, term - 2)
    assert said()["mark"] == "Te laat" and "meer dan een maand" in str(said()["lines"])


def test_of_two_approvals_at_once_one_stands(
    own_site: Path, user_in: Callable[[str], User], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_for(own_site, 6)
    workspace, officer = Workspace.open(own_site), user_in("privacy_officer")
    first, second = (ApproveRetention(officer, workspace=workspace, why="Voorbij.") for _ in range(2))
    write = first.change

    def meanwhile() -> RetentionOrder:
        second.run()
        return write()

    monkeypatch.setattr(first, "change", meanwhile)
    with pytest.raises(AgreementError, match="Er wacht al een goedkeuring"):
        first.run()


def test_what_is_carried_out_is_the_approval_that_was_shown(
    own_site: Path, as_role: Callable[[str], Client], user_in: Callable[[str], User]
) -> None:
    keep_for(own_site, 6)
    workspace, administrator = Workspace.open(own_site), as_role("administrator")
    kept = reports(workspace)
    order = ApproveRetention(user_in("privacy_officer"), workspace=workspace, why="Voorbij.").run()
    assert f'name="order" value="{order.pk}"' in administrator.get(ADDRESS).content.decode()
    for seen in ({}, {"order": order.pk - 1}, {"order": "x"}):
        answer = administrator.post(f"{ADDRESS}/uitvoeren", seen)
        assert answer.status_code == 400 and "niet de goedkeuring die u zag" in answer.content.decode()
    assert reports(workspace) == kept


def test_the_page_accounts_for_what_it_counts_and_the_map_does_not(
    as_role: Callable[[str], Client], own_site: Path
) -> None:
    workspace = Workspace.open(own_site)
    earlier = reports(workspace) - len(read_incidents(workspace))
    assert earlier > 1
    page = as_role("privacy_officer").get(ADDRESS).content.decode()
    assert f"staan er {earlier} eerdere versies bij" in page
