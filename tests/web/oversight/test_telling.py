# SPDX-License-Identifier: EUPL-1.2
"""Telling what is wrong with a quarter that is out: who may, what is refused, and the line it leaves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.test import Client

from stip.agreements import record_pause
from stip.publish import approve, open_quarters, propose, published_issues
from stip.store import Workspace
from stip_web.audit.models import AuditLine, Intent
from stip_web.oversight.telling import TellIssue
from stip_web.workspaces.clock import now


def test_what_is_wrong_with_a_quarter_is_told_from_the_desk(as_role: Callable[[str], Client], own_site: Path) -> None:
    workspace, address = Workspace.open(own_site), "/toezicht/openbaar/vertellen"
    quarter = open_quarters(workspace, at=now(workspace))[0]
    policy, analyst = as_role("policy"), as_role("analyst")
    said = {"quarter": quarter.name, "sentence": "In juni  ontbreekt een week."}
    assert policy.post(address, said).status_code == 400, "nothing is out yet"
    run = propose(workspace, quarter, at=now(workspace))
    approve(workspace, run, role="fg", reason="Nagezien.", at=now(workspace))
    for wrong in (
        {"sentence": " "},
        {"sentence": "Volgens mevrouw Jansen."},
        {"quarter": "2026-K9"},
        {"quarter": ""},
    ):
        assert policy.post(address, said | wrong).status_code == 400, wrong
    assert analyst.post(address, said).status_code == 403 and published_issues(own_site / "published") == []
    assert "Erbij vertellen" not in analyst.get("/toezicht/openbaar").content.decode()
    assert policy.post(address, said).status_code == 302
    assert "staat al bij" in policy.post(address, said).content.decode(), "pressed twice"
    (issue,) = published_issues(own_site / "published")
    assert issue["quarter"] == quarter.name and issue["sentence"] == "In juni ontbreekt een week."
    line = AuditLine.objects.get(action="publication.issue")
    assert (line.subject, line.why, line.details["role"]) == (quarter.name, issue["sentence"], "bestuur")
    assert TellIssue.landed(workspace, Intent(subject=line.subject, why=line.why, details=line.details))
    assert not TellIssue.landed(workspace, Intent(subject=line.subject, why="Anders.", details=line.details))
    page = policy.get("/toezicht/openbaar").content.decode()
    assert issue["sentence"] in page and "Erbij vertellen" in page
    (own_site / "published" / "figures" / quarter.name / "issues.json").write_text("{")
    broken = policy.post(address, said)
    assert broken.status_code == 400 and "issues.json" in broken.content.decode()
    assert AuditLine.objects.filter(action="publication.issue").count() == 1, "the line of what failed went back"
    record_pause(workspace, "publish", paused=True, reason="Proef.", role="fg", at=now(workspace))
    assert "Erbij vertellen" not in policy.get("/toezicht/openbaar").content.decode()
