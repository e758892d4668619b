# SPDX-License-Identifier: EUPL-1.2
"""Openbaar maken: a quarter that has to stay in says why, with the source that holds it back."""

from __future__ import annotations

import html
from collections.abc import Callable
from pathlib import Path

from django.test import Client

from stip.publish import open_quarters, propose, published_quarters
from stip.store import Workspace, batches, read_batch, replace_batch
from stip_web.workspaces.clock import now


def _two_of_another_source(workspace: Workspace) -> None:
    last = batches(workspace)[-1]["batch_id"]
    few = read_batch(workspace, last)
    few.loc[few.index[:2], "source"] = "incidents"
    replace_batch(workspace, last, few)


def test_a_tiny_second_source_is_named_at_each_quarter_it_keeps_in(
    as_role: Callable[[str], Client], own_site: Path
) -> None:
    workspace, fg = Workspace.open(own_site), as_role("privacy_officer")
    quarter = open_quarters(workspace, at=now(workspace))[-1]
    run = propose(workspace, quarter, at=now(workspace))
    assert "Blijft binnen" not in fg.get("/toezicht/openbaar").content.decode()
    _two_of_another_source(workspace)
    page = html.unescape(fg.get("/toezicht/openbaar").content.decode())
    assert "Blijft binnen" in page and "bron ‘incidents’ pas vanaf" in page and "Cijfers laten maken" not in page
    assert "Een kwartaal mag vier weken na" not in page, "that is not why"
    answer = fg.post("/toezicht/openbaar/voorstellen", {"quarter": quarter.name})
    assert answer.status_code == 400 and "bron ‘incidents’ pas vanaf" in html.unescape(answer.content.decode())
    address = f"/toezicht/openbaar/{quarter.name.lower()}"
    page = html.unescape(fg.get(address).content.decode())
    assert "bron ‘incidents’ pas vanaf" in page and "Openbaar maken</button>" not in page
    fg.post(address, {"run_id": run.run_id, "reason": "Nagezien, het klopt."})
    assert published_quarters(workspace) == []
    first = html.unescape(fg.get("/toezicht").content.decode())
    assert "op de pagina staat waarom" in first
