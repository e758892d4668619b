# SPDX-License-Identifier: EUPL-1.2
"""Police counts: months apart from years, null apart from zero, each row accounted for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.local_service import LocalService, Query, Reply, local_service
from stip.agreements import Role, install_shipped
from stip.errors import AgreementError, ServiceError, TooManyRefused
from stip.intake.accounts.report import OpenDataReport
from stip.intake.open_data.counts import Counts, fetch_counts, store_counts, tidy_counts
from stip.intake.services.http import ServiceClient
from stip.settings import ServiceSettings
from stip.store import Workspace, read_counts

TODAY = date(2026, 11, 23)
NAMES = {
    Role.AREA_CODE: "WijkenEnBuurten",
    Role.PERIOD: "Perioden",
    Role.CRIME_CODE: "SoortMisdrijf",
    Role.COUNT: "GeregistreerdeMisdrijven_1",
}


def row(area: Any = "BU03440111", period: Any = "2025MM01", crime: Any = "1.1.1 ", count: Any = 3) -> dict[str, Any]:
    return {
        "ID": 1,
        "SoortMisdrijf": crime,
        "WijkenEnBuurten": area,
        "Perioden": period,
        "GeregistreerdeMisdrijven_1": count,
    }


def test_codes_lose_their_padding_and_months_get_their_own_form() -> None:
    months, years, account = tidy_counts([row("GM0344    ", "2025MM01", "1.1.1 ", 12)], NAMES)
    assert months.to_dict("records") == [
        {"area_code": "GM0344", "period": "2025-01", "crime_code": "1.1.1", "count": 12}
    ]
    assert len(years) == 0
    assert OpenDataReport.of(account, "x", "y").accepted == 1


def test_years_never_mix_with_months() -> None:
    rows = [row(period="2025MM12", count=2), row(period="2025JJ00", count=40), row(period="2025KW01", count=9)]
    months, years, account = tidy_counts(rows, NAMES)
    assert months["period"].tolist() == ["2025-12"]
    assert years["period"].tolist() == ["2025"]
    report = OpenDataReport.of(account, "x", "y")
    assert (report.accepted, report.refused) == (2, 1)
    assert report.refused_rules[0].rule.code == "bad_period"
    assert report.refused_rules[0].first_rows == (3,)


def test_null_is_not_zero() -> None:
    months, _, account = tidy_counts([row(count=None), row(area="BU03440112", count=0)], NAMES)
    assert months["count"].isna().tolist() == [True, False]
    assert months["count"].sum() == 0
    assert "niet bekend is: 1" in account.notes[0]


def test_numbers_as_text_are_mended_and_dots_are_unknown() -> None:
    rows = [row(count="      12"), row(area="BU03440112", count="       ."), row(area="BU03440113", count="1,5")]
    months, _, account = tidy_counts(rows, NAMES)
    report = OpenDataReport.of(account, "x", "y")
    assert months["count"].tolist() == [12, pd.NA]
    assert (report.accepted, report.repaired, report.refused) == (1, 1, 1)


@pytest.mark.parametrize("count", [1.5, -1, "twaalf", True, [1], {"a": 1}, float("inf"), float("nan"), 1e30, "٣"])
def test_a_count_of_the_wrong_type_is_refused(count: Any) -> None:
    _, _, account = tidy_counts([row(count=count)], NAMES)
    assert OpenDataReport.of(account, "x", "y").refused_rules[0].rule.code == "bad_count"


@pytest.mark.parametrize("area", [None, 344, "", "BU", "0344", "Jansen, Kerkstraat 3"])
def test_an_area_that_is_none_is_refused(area: Any) -> None:
    assert tidy_counts([row(area=area)], NAMES)[2].refused_rules()[0].rule.code == "bad_area"


@pytest.mark.parametrize("period", [None, 2025, "2025", "2025MM13", "2025MM00", "2025JJ01", "0025MM01", "2025-01"])
def test_a_period_that_is_none_is_refused(period: Any) -> None:
    assert tidy_counts([row(period=period)], NAMES)[2].refused_rules()[0].rule.code == "bad_period"


@pytest.mark.parametrize("crime", [None, 1.1, "", "vrije tekst over iemand"])
def test_a_crime_code_that_is_none_is_refused(crime: Any) -> None:
    assert tidy_counts([row(crime=crime)], NAMES)[2].refused_rules()[0].rule.code == "bad_crime"


def test_the_same_row_twice_counts_once_and_rows_that_disagree_do_not_count() -> None:
    rows = [row(), row(), row(period="2025MM02", count=1), row(period="2025MM02", count=2)]
    months, _, account = tidy_counts(rows, NAMES)
    assert months["count"].tolist() == [3]
    assert {count.rule.code: count.rows for count in OpenDataReport.of(account, "x", "y").refused_rules} == {
        "twice": 1,
        "conflict": 2,
    }


VALUES = st.one_of(
    st.none(),
    st.integers(-3, 20),
    st.floats(),
    st.text(max_size=6),
    st.sampled_from(["2025MM01", "2025JJ00", "BU03440111", "GM0344  ", "1.1.1 ", " 4"]),
    st.booleans(),
    st.lists(st.integers(), max_size=2),
)


@given(st.lists(st.builds(row, VALUES, VALUES, VALUES, VALUES), max_size=12))
def test_each_row_ends_in_exactly_one_place(rows: list[dict[str, Any]]) -> None:
    months, years, account = tidy_counts(rows, NAMES)
    report = OpenDataReport.of(account, "x", "y")
    assert report.accepted + report.repaired + report.refused == report.rows == len(rows)
    assert len(months) + len(years) == report.accepted + report.repaired
    assert sum(count.rows for count in report.refused_rules) == report.refused
    assert not months.duplicated(["area_code", "period", "crime_code"]).any()
    assert months["period"].str.fullmatch(r"\d{4}-\d{2}").all()
    assert years["period"].str.fullmatch(r"\d{4}").all()


@pytest.fixture
def service() -> Iterator[LocalService]:
    with local_service() as started:
        yield started


@pytest.fixture
def town(workspace: Workspace) -> Workspace:
    install_shipped(workspace)
    return workspace


def table(rows: list[dict[str, Any]]) -> Any:
    def answer(path: str, query: Query) -> Reply:
        chosen = query.get("$select")
        skip, top = int(query.get("$skip", "0")), int(query["$top"])
        part = rows[skip : skip + top]
        return Reply.of(
            {"value": [{k: v for k, v in r.items() if not chosen or k in chosen.split(",")} for r in part]}
        )

    return answer


def fetch(town: Workspace, service: LocalService, **options: Any) -> Counts:
    client = ServiceClient(ServiceSettings(attempts=2), allow_private=("127.0.0.1",), sleep=lambda seconds: None)
    asked = {"municipality": "GM0344", "on": TODAY, "url": f"{service.url}/47022NED/TypedDataSet"} | options
    return fetch_counts(town, client=client, **asked)


@pytest.mark.enable_socket
def test_only_declared_columns_are_asked_for_and_the_others_are_named(town: Workspace, service: LocalService) -> None:
    service.answer = table([row() | {"Verdachten_2": "canary"}])
    counts = fetch(town, service, from_year=2024)
    asked = service.asked[-1][1]
    assert set(asked["$select"].split(",")) == set(NAMES.values())
    assert "substringof('BU0344',WijkenEnBuurten)" in asked["$filter"]
    assert asked["$filter"].endswith("and Perioden ge '2024'")
    assert [refusal.heading for refusal in counts.report.refused_columns] == ["ID", "Verdachten_2"]
    assert "canary" not in repr(counts)


@pytest.mark.enable_socket
def test_counts_are_stored_months_and_years_apart(town: Workspace, service: LocalService) -> None:
    service.answer = table([row(), row(period="2025JJ00", count=None)])
    store_counts(town, fetch(town, service))
    assert read_counts(town, "cbs_misdrijven")["count"].tolist() == [3]
    assert read_counts(town, "cbs_misdrijven_years")["count"].isna().tolist() == [True]


@pytest.mark.enable_socket
def test_too_many_refused_rows_store_nothing(town: Workspace, service: LocalService) -> None:
    service.answer = table([row()])
    store_counts(town, fetch(town, service))
    before = read_counts(town, "cbs_misdrijven")
    service.answer = table([row(count=9)] + [row(area="?")] * 3)
    with pytest.raises(TooManyRefused, match="3 van de 4 rijen"):
        store_counts(town, fetch(town, service))
    pd.testing.assert_frame_equal(read_counts(town, "cbs_misdrijven"), before)


@pytest.mark.enable_socket
def test_no_rows_for_this_town_stores_nothing(town: Workspace, service: LocalService) -> None:
    service.answer = lambda path, query: Reply.of({"value": [] if "$filter" in query else [row()]})
    with pytest.raises(TooManyRefused, match="er zijn geen rijen"):
        store_counts(town, fetch(town, service))


@pytest.mark.enable_socket
def test_a_table_without_a_declared_column_is_refused(town: Workspace, service: LocalService) -> None:
    service.answer = table([{"Perioden": "2025MM01", "WijkenEnBuurten": "GM0344"}])
    with pytest.raises(ServiceError, match="mist de kolom ‘SoortMisdrijf’"):
        fetch(town, service)


def test_without_a_town_nothing_is_asked(town: Workspace) -> None:
    with pytest.raises(AgreementError, match="Van welke gemeente"):
        fetch_counts(town, client=ServiceClient(), on=TODAY)
    for code in ("Utrecht", "GM0344' or 1 eq 1 or '", "GM٠٣٤٤"):
        with pytest.raises(AgreementError, match="Van welke gemeente"):
            fetch_counts(town, client=ServiceClient(), on=TODAY, municipality=code)


@pytest.mark.parametrize(
    ("source", "said"), [("bvh", "gaat over meldingen"), ("onbekend", "Er is geen afspraak ‘onbekend’")]
)
def test_without_a_fitting_agreement_nothing_is_asked(town: Workspace, source: str, said: str) -> None:
    with pytest.raises(AgreementError, match=said):
        fetch_counts(town, source, client=ServiceClient(), on=TODAY, municipality="GM0344")


def test_an_agreement_that_has_ended_is_refused(town: Workspace) -> None:
    with pytest.raises(AgreementError, match="liep tot en met"):
        fetch_counts(town, client=ServiceClient(), on=date(2031, 1, 1), municipality="GM0344")
