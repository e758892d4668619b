# SPDX-License-Identifier: EUPL-1.2
"""Every real file as it was delivered, brought by somebody who knows nothing of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from stip.store import Workspace
from stip_web.intakes.models import Upload
from stip_web.workspaces.current import state_of

from .conftest import Desk

pytestmark = [pytest.mark.real, pytest.mark.django_db]


def test_each_ends_in_a_page_that_says_what_is_wrong(desk: Desk, own_site: Path, real_data: Path) -> None:
    workspace = Workspace.open(own_site)
    before = state_of(workspace, "data")
    files = sorted(path for path in real_data.glob("*/raw/*") if path.is_file())
    assert len(files) >= 8
    ends: dict[str, str] = {}
    for path in files:
        upload = desk.checked(path.read_bytes(), path.name)
        page = desk.see(upload)
        ends[path.name] = upload.state
        assert 'role="status"' in page or "utrecht-alert" in page or "Let op" in page, path.name
        assert "dit ligt aan Stip" not in page, path.name
        assert upload.state in (Upload.State.MAPPING, Upload.State.CHECKED, Upload.State.REFUSED), path.name
        if upload.state == Upload.State.CHECKED:
            assert upload.report["stopped"] or not upload.report["new"], path.name
        desk.client.post(f"/gegevens/inlezen/{upload.pk}/weggooien")
        assert state_of(workspace, "data") == before, path.name
    assert ends["bvh_export_2000_masked_semicolon_cp1252.csv"] == Upload.State.CHECKED
