# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date

import pytest

from stip.agreements import (
    Purpose,
    check_target,
    check_use,
    install_shipped,
    load_agreement,
)
from stip.errors import AgreementError
from stip.settings import CrimeType, Reporting, Settings, Town
from stip.store import Workspace


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


def test_figures_of_reports_go_out_only_when_somebody_answers_for_them(workspace: Workspace) -> None:
    install_shipped(workspace)
    day = date(2026, 6, 1)
    bare = load_agreement(workspace, "bvh")
    with pytest.raises(AgreementError, match=r"legal_basis\) en .*controller\) en .*dpia\)"):
        check_use(bare, Purpose.PUBLICATION, on=day)
    check_use(bare, Purpose.DOT_MAP, on=day)
    check_use(load_agreement(workspace, "bag"), Purpose.PUBLICATION, on=day)  # dwellings, no reports
    adopted = {"legal_basis": "Wpg 16", "controller": "het college", "dpia": "zaak 2026-1"}
    check_use(bare.model_copy(update=adopted), Purpose.PUBLICATION, on=day)
    for name in adopted:
        with pytest.raises(AgreementError, match=name):
            check_use(bare.model_copy(update={**adopted, name: " "}), Purpose.PUBLICATION, on=day)


def test_only_what_citizens_report_is_looked_ahead_for() -> None:
    drugs = CrimeType(label="Drugshandel", reporting=Reporting.POLICE)
    settings = Settings(town=Town(name="Proefstad"))
    settings = settings.model_copy(update={"crime_types": {**settings.crime_types, "drugs": drugs}})
    check_target(settings, "home_burglary")
    with pytest.raises(AgreementError, match="Drugshandel"):
        check_target(settings, "drugs")
    with pytest.raises(AgreementError, match="‘burglary’ ken ik niet"):
        check_target(settings, "burglary")
