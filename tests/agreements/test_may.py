# SPDX-License-Identifier: EUPL-1.2
"""*Mag dit?*: every path ends in a founded outcome, what may never is refused, and drafts fit the loader."""

from __future__ import annotations

import copy
import tomllib
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from stip.agreements import Allowed, Role, draft_name, draft_of, every_path, in_words, load_rules, walk
from stip.agreements.load import read_agreement
from stip.errors import AgreementError, SettingsError
from stip.settings import checked

TODAY = date(2026, 11, 26)
RULES = load_rules()
PATHS = list(every_path(RULES))


def raw() -> dict[str, Any]:
    text = (resources.files("stip.agreements") / "may.toml").read_text(encoding="utf-8")
    return copy.deepcopy(tomllib.loads(text))


def refused(content: dict[str, Any]) -> str:
    from stip.agreements import MayRules

    with pytest.raises(SettingsError) as error:
        checked(content, MayRules, "may.toml")
    return str(error.value)


def test_every_path_ends_in_an_outcome_with_article_reason_source_and_date() -> None:
    assert {step.name for step in PATHS} == set(RULES.outcomes)
    assert {step.outcome.verdict for step in PATHS if step.outcome} == set(Allowed)
    for step in PATHS:
        found = in_words(RULES, step)
        assert found["articles"]
        assert found["decides"].endswith(".")
        assert found["sources"]
        assert all(source["on"] <= RULES.checked_on for source in found["sources"])
        assert "{" not in found["reason"] + "".join(found["articles"])
        assert len(step.trail) <= 6


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ("begin=bron bron=politie politie_regel=plek politie_soort=burgers politie_besluit=ja", "may"),
        ("begin=bron bron=politie politie_regel=meer politie_weg=ja", "may_not"),
        ("begin=bron bron=politie politie_regel=plek politie_soort=politie haal=vooruitblik", "may_not"),
        ("begin=bron bron=gemeente gemeente_regel=plek gemeente_doel=buiten", "may"),
        ("begin=bron bron=laag laag=dingen", "may"),
        ("begin=bron bron=eigendom eigendom=soort", "may"),
        ("begin=bron bron=eigendom eigendom=naam", "may_not"),
        ("begin=bron bron=inkomen inkomen=vooruitblik", "ask"),
        ("begin=bron bron=herkomst", "may_not"),
        ("begin=bron bron=camera camera=aantallen", "ask"),
        ("begin=bron bron=telefoon telefoon=toestellen", "may_not"),
        ("begin=bron bron=zorg zorg=mens", "may_not"),
        ("begin=gebruik gebruik=personen", "may_not"),
        ("begin=gebruik gebruik=corporatie delen=adressen", "may_not"),
        ("begin=gebruik gebruik=openbaar openbaar=deur", "may"),
        ("begin=gebruik gebruik=openbaar openbaar=fijner", "may_not"),
    ],
)  # fmt: skip
def test_the_boundaries_of_stip_are_in_the_rules(answers: str, verdict: str) -> None:
    step = walk(RULES, dict(each.split("=") for each in answers.split()))
    assert step.outcome is not None
    assert step.outcome.verdict == verdict


def test_dates_of_the_law_come_from_the_data_and_are_written_out() -> None:
    step = walk(RULES, {"begin": "gebruik", "gebruik": "personen"})
    assert "2 februari 2025" in in_words(RULES, step)["reason"]


def test_an_answer_that_is_none_is_refused_and_not_repeated() -> None:
    with pytest.raises(AgreementError) as error:
        walk(RULES, {"begin": "Jansen"})
    assert "Jansen" not in str(error.value)
    step = walk(RULES, {"bron": "politie"})
    assert (step.name, step.trail) == ("begin", ())
    with pytest.raises(AgreementError, match="niet beantwoord"):
        in_words(RULES, step)


@pytest.mark.parametrize(
    "step", [step for step in PATHS if step.outcome and step.outcome.draft], ids=lambda s: s.name
)
def test_a_draft_fits_the_loader_and_holds_on_no_day_to_come(step: Any, tmp_path: Path) -> None:
    path = tmp_path / f"{draft_name(step)}.toml"
    path.write_text(draft_of(RULES, step, on=TODAY), encoding="utf-8")
    agreement = read_agreement(path)
    assert agreement.valid_until < TODAY
    assert agreement.title.startswith("Concept")
    assert agreement.controller == ""
    assert not {Role.STREET, Role.HOUSE_NUMBER} & {column.role for column in agreement.columns.values()}


def test_what_may_not_has_no_draft() -> None:
    for step in PATHS:
        if step.outcome and step.outcome.verdict is Allowed.MAY_NOT:
            with pytest.raises(AgreementError, match="geen afspraak"):
                draft_of(RULES, step, on=TODAY)


def test_rules_that_lead_nowhere_are_refused() -> None:
    broken = raw()
    broken["questions"]["camera"]["answers"][0] = {"id": "aantallen", "text": "Alleen aantallen"}
    assert "niet naar één vraag" in refused(broken)
    broken = raw()
    broken["questions"]["camera"]["answers"][0] = {"id": "a", "text": "Terug", "next": "bron"}
    assert "kring" in refused(broken)
    broken = raw()
    broken["questions"]["camera"]["answers"][0] = {"id": "a", "text": "Weg", "next": "nergens"}
    assert "niet bestaat" in refused(broken)
    broken = raw()
    broken["outcomes"]["los"] = broken["outcomes"]["anders"]
    assert "niets leidt naar" in refused(broken)


@pytest.mark.parametrize("key", ["on", "sources", "articles", "reason", "decides"])
def test_an_outcome_without_ground_is_refused(key: str) -> None:
    broken = raw()
    del broken["outcomes"]["anders"][key]
    assert key in refused(broken)
    if key != "on":
        broken["outcomes"]["anders"][key] = [] if key in ("sources", "articles") else ""
        assert refused(broken)


def test_sources_and_dates_must_be_known() -> None:
    broken = raw()
    broken["outcomes"]["anders"]["sources"] = ["weg"]
    assert "bron die er niet is" in refused(broken)
    broken = raw()
    broken["outcomes"]["anders"]["reason"] = "Sinds {ooit}."
    assert "datum die er niet is" in refused(broken)
    broken = raw()
    broken["outcomes"]["personen"]["draft"] = "police"
    assert "mag niet" in refused(broken)
