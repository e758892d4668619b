# SPDX-License-Identifier: EUPL-1.2
"""What tests of Gegevens share: a file of next week, somebody who brings it, and a worker that works at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from stip_web.desk import workers
from stip_web.intakes.models import Step, Upload
from stip_web.intakes.steps import do
from web.intakes.weeks import a_week_later


@pytest.fixture(autouse=True)
def quiet_watch(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the watch from beating: within a test's transaction its own connection would wait for ever."""
    if "real_watch" not in request.keywords:
        monkeypatch.setattr(workers, "EVERY_SECONDS", 3600.0)


def work() -> None:
    """Do every step that waits, as the worker would."""
    while (step := Step.objects.filter(state=Step.State.QUEUED).first()) is not None:
        do(step.pk)


@dataclass
class Desk:
    """Somebody at a browser without scripts."""

    client: Client

    def bring(self, content: bytes, name: str = "week.csv", **fields: str) -> HttpResponse:
        """Send a file, and go where the answer leads."""
        file = SimpleUploadedFile(name, content, content_type="text/csv")
        return self.client.post("/gegevens/inlezen/bestand", {**fields, "bestand": file}, follow=True)

    def see(self, upload: Upload) -> str:
        """Give the text of an upload's page."""
        return self.client.get(f"/gegevens/inlezen/{upload.pk}").content.decode()

    def do(self, upload: Upload, what: str, **fields: str) -> str:
        """Press a button of an upload, let the worker work, and give the text of its page."""
        self.client.post(f"/gegevens/inlezen/{upload.pk}/{what}", fields)
        work()
        return self.see(upload)

    def checked(self, content: bytes, name: str = "week.csv", **fields: str) -> Upload:
        """Bring a file and go on until it is checked."""
        self.bring(content, name, **fields)
        upload = Upload.objects.latest("made_at")
        work()
        upload.refresh_from_db()
        if upload.state == Upload.State.MAPPING:
            self.do(upload, "kolommen")
        upload.refresh_from_db()
        return upload


@pytest.fixture
def desk(as_role: Callable[[str], Client]) -> Desk:
    """Give the analyst at the desk."""
    return Desk(as_role("analyst"))


@pytest.fixture(scope="session")
def next_week(sample_demo: Path) -> bytes:
    """Give the file that would come after the last one of the sample town."""
    last = sorted((sample_demo / "bron").glob("bvh_20*.csv"))[-1]
    return a_week_later(last.read_bytes().decode("cp1252")).encode("cp1252")
