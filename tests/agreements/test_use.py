# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from stip.agreements import (
    Purpose,
    check_not_paused,
    check_target,
    check_use,
    install_shipped,
    load_agreement,
)
from stip.errors import AgreementError
from stip.settings import CrimeType, Reporting, Settings, Town
from stip.store import Workspace, record


def test_use_inside_purpose_and_dates_only(workspace: Workspace) -> None:
    install_shipped(workspace)
    agreement = load_agreement(workspace, "bvh")
    for day in (date(2026, 1, 1), date(2028, 12, 31)):
        check_use(agreement, Purpose.OUTLOOK, on=day)
    with pytest.raises(AgreementError, match="01-01-2026"):
        check_use(agreement, Purpose.OUTLOOK, on=date(2025, 12, 31))
    with pytest.raises(AgreementError, match="31-12-2028"):
        check_use(agreement, Purpose.OUTLOOK, on=date(2029, 1, 1))
    narrow = agreement.model_copy(update={"purposes": (Purpose.DOT_MAP,)})
    with pytest.raises(AgreementError, match=r"‘vooruitblik’ niet toe\. Afgesproken is: stippenkaart"):
        check_use(narrow, Purpose.OUTLOOK, on=date(2026, 6, 1))


def pause(workspace: Workspace, what: str, paused: bool, hour: int, supersedes: str | None = None) -> str:
    rows = pd.DataFrame(
        {"what": [what], "paused": [paused], "reason": ["fout in het bestand"], "role": ["analist"]}
    ).assign(supersedes=pd.Series([supersedes], dtype="object"))
    return record(workspace, "pause", rows, at=datetime(2026, 9, 7, hour, tzinfo=UTC))[0]


def test_a_pause_stops_what_it_names_until_it_is_lifted(workspace: Workspace) -> None:
    check_not_paused(workspace, "source:bvh")
    pause(workspace, "source:bvh", True, 8)
    with pytest.raises(AgreementError, match=r"De bron ‘bvh’ staat op pauze sinds 07-09-2026: fout in het bestand"):
        check_not_paused(workspace, "source:bvh")
    check_not_paused(workspace, "source:incidents")
    check_not_paused(workspace, "outlook")
    pause(workspace, "source:bvh", False, 9)
    check_not_paused(workspace, "source:bvh")


def test_a_pause_of_all_stops_everything_and_may_be_superseded(workspace: Workspace) -> None:
    first = pause(workspace, "all", True, 8)
    for what in ("source:bvh", "outlook", "all"):
        with pytest.raises(AgreementError, match="Alles staat op pauze"):
            check_not_paused(workspace, what)
    pause(workspace, "all", False, 9, supersedes=first)
    check_not_paused(workspace, "outlook")


def test_only_what_citizens_report_is_looked_ahead_for() -> None:
    drugs = CrimeType(label="Drugshandel", reporting=Reporting.POLICE)
    settings = Settings(town=Town(name="Proefstad"))
    settings = settings.model_copy(update={"crime_types": {**settings.crime_types, "drugs": drugs}})
    check_target(settings, "home_burglary")
    with pytest.raises(AgreementError, match="Drugshandel"):
        check_target(settings, "drugs")
    with pytest.raises(AgreementError, match="‘burglary’ ken ik niet"):
        check_target(settings, "burglary")
