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
from stip.agreements.may import NOT_CHECKED, MayRules
from stip.errors import AgreementError, SettingsError
from stip.settings import checked

TODAY = date(2026, 11, 26)
RULES = load_rules()
PATHS = list(every_path(RULES))
POLICE = {
    "begin": "bron",
    "bron": "politie",
    "politie_regel": "plek",
    "politie_welke": "spullen",
    "politie_papier": "ja",
    "politie_dpia": "ja",
}


def raw() -> dict[str, Any]:
    text = (resources.files("stip.agreements") / "may.toml").read_text(encoding="utf-8")
    return copy.deepcopy(tomllib.loads(text))


def refused(content: dict[str, Any]) -> str:
    with pytest.raises(SettingsError) as error:
        checked(content, MayRules, "may.toml")
    return str(error.value)


def test_every_path_ends_in_an_outcome_with_article_reason_and_source() -> None:
    assert {step.name for step in PATHS} == set(RULES.outcomes)
    assert {step.outcome.verdict for step in PATHS if step.outcome} == set(Allowed)
    for step in PATHS:
        found = in_words(RULES, step)
        assert found["articles"]
        assert found["decides"].endswith(".")
        assert found["sources"]
        assert all(source["checked"] for source in found["sources"])
        assert "{" not in found["reason"] + "".join(found["articles"])
        assert len(step.trail) <= 7


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ("begin=bron bron=politie politie_regel=plek politie_welke=spullen politie_papier=ja politie_dpia=ja", "may"),
        ("begin=bron bron=politie politie_regel=plek politie_welke=spullen politie_papier=ja politie_dpia=nee",
         "ask"),
        ("begin=bron bron=politie politie_regel=plek politie_welke=spullen politie_papier=ander", "ask"),
        ("begin=bron bron=politie politie_regel=plek politie_welke=gevoelig", "ask"),
        ("begin=bron bron=politie politie_regel=plek politie_welke=anders", "ask"),
        ("begin=bron bron=politie politie_regel=meer politie_weg=niemand", "may_not"),
        ("begin=bron bron=politie politie_regel=meer politie_weg=poort", "may_not"),
        ("begin=bron bron=politie politie_regel=plek politie_welke=politie haal=vooruitblik", "may_not"),
        ("begin=bron bron=gemeente gemeente_regel=plek gemeente_doel=buiten gemeente_welke=dingen gemeente_dpia=ja",
         "may"),
        ("begin=bron bron=gemeente gemeente_regel=plek gemeente_doel=buiten gemeente_welke=dingen gemeente_dpia=nee",
         "ask"),
        ("begin=bron bron=gemeente gemeente_regel=plek gemeente_doel=buiten gemeente_welke=mensen", "ask"),
        ("begin=bron bron=laag laag=bewoners laag_bewoners=herkomst", "may_not"),
        ("begin=bron bron=laag laag=bewoners laag_bewoners=zorg zorg=mens", "may_not"),
        ("begin=bron bron=laag laag=bewoners laag_bewoners=zorg zorg=buurt", "ask"),
        ("begin=bron bron=laag laag=bewoners laag_bewoners=inkomen inkomen=eerlijk inkomen_fijn=buurt", "may"),
        ("begin=bron bron=laag laag=bewoners laag_bewoners=inkomen inkomen=eerlijk inkomen_fijn=fijner", "ask"),
        ("begin=bron bron=laag laag=bewoners laag_bewoners=anders", "ask"),
        ("begin=bron bron=laag laag=dingen", "may"),
        ("begin=bron bron=eigendom eigendom=soort eigendom_fijn=woning", "ask"),
        ("begin=bron bron=eigendom eigendom=soort eigendom_fijn=buurt", "may"),
        ("begin=bron bron=eigendom eigendom=naam", "may_not"),
        ("begin=bron bron=inkomen inkomen=vooruitblik", "ask"),
        ("begin=bron bron=herkomst", "may_not"),
        ("begin=bron bron=camera camera=aantallen", "ask"),
        ("begin=bron bron=telefoon telefoon=toestellen", "may_not"),
        ("begin=bron bron=zorg zorg=mens", "may_not"),
        ("begin=gebruik gebruik=personen", "may_not"),
        ("begin=gebruik gebruik=corporatie delen=adressen", "may_not"),
        ("begin=gebruik gebruik=soort nieuwe_soort=gevoelig", "ask"),
        ("begin=gebruik gebruik=soort nieuwe_soort=anders", "ask"),
        ("begin=gebruik gebruik=soort nieuwe_soort=politie", "may_not"),
        ("begin=gebruik gebruik=soort nieuwe_soort=spullen nieuwe_soort_papier=nee", "ask"),
        ("begin=gebruik gebruik=soort nieuwe_soort=spullen nieuwe_soort_papier=ja nieuwe_soort_dpia=nee", "ask"),
        ("begin=gebruik gebruik=soort nieuwe_soort=spullen nieuwe_soort_papier=ja nieuwe_soort_dpia=ja", "may"),
        ("begin=gebruik gebruik=openbaar openbaar=deur openbaar_bron=nee", "may"),
        ("begin=gebruik gebruik=openbaar openbaar=deur openbaar_bron=ja", "may"),
        ("begin=gebruik gebruik=openbaar openbaar=deur openbaar_bron=zonder", "ask"),
        ("begin=gebruik gebruik=openbaar openbaar=woo", "ask"),
        ("begin=woo", "ask"),
        ("begin=gebruik gebruik=openbaar openbaar=fijner", "may_not"),
    ],
)  # fmt: skip
def test_the_boundaries_of_stip_are_in_the_rules(answers: str, verdict: str) -> None:
    step = walk(RULES, dict(each.split("=") for each in answers.split()))
    assert step.outcome is not None
    assert step.outcome.verdict == verdict


def test_reports_may_only_come_in_when_there_is_an_impact_assessment() -> None:
    found = [
        step
        for step in PATHS
        if step.outcome and step.outcome.verdict is Allowed.MAY
        and (step.answers.get("bron") in ("politie", "gemeente") or step.answers.get("gebruik") == "soort")
    ]  # fmt: skip
    assert len(found) == 4
    for step in found:
        assert any(name.endswith("_dpia") and given == "ja" for name, given in step.answers.items()), step.name
        assert step.outcome is not None
        assert any("AVG artikel 35" in article for article in step.outcome.articles)


def test_each_onward_path_names_the_secrecy_of_the_police_act() -> None:
    found = [step for step in PATHS if step.answers.get("gebruik") in ("corporatie", "openbaar", "onderzoek")]
    assert {step.name for step in found} >= {"woo", "openbaar_mag", "delen_mag", "delen_plek", "onderzoek"}
    for step in found:
        assert step.outcome is not None
        cited = " ".join(step.outcome.articles)
        assert "Wpg artikel 7, tweede lid" in cited, step.name
        assert " 20" in cited, step.name
        assert "wpg" in step.outcome.sources, step.name


def test_a_request_under_the_woo_is_decided_by_the_board() -> None:
    outcome = RULES.outcomes["woo"]
    assert outcome.decides.startswith("Het college of de burgemeester")
    assert {"woo", "awb"} <= set(outcome.sources)
    assert "Woo" in RULES.outcomes["openbaar_fijn"].reason


def test_no_outcome_promises_that_figures_point_to_nobody() -> None:
    reason = RULES.outcomes["openbaar_mag"].reason
    assert "verkleint de kans" in reason
    assert "waar is gezocht" in reason


def test_the_privacy_officer_advises_and_does_not_decide() -> None:
    for name, outcome in RULES.outcomes.items():
        assert not outcome.decides.startswith(("De FG", "De analist")), name


def test_nothing_shipped_says_that_a_lawyer_looked() -> None:
    assert all(source.checked == NOT_CHECKED for source in RULES.sources.values())
    for step in PATHS:
        assert all(source["checked"] == NOT_CHECKED for source in in_words(RULES, step)["sources"])


def test_a_town_says_per_source_who_looked_and_when(tmp_path: Path) -> None:
    text = (resources.files("stip.agreements") / "may.toml").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("wpg = "))
    by = line.removesuffix(" }") + ', checked_by = "jurist van de gemeente", checked_on = 2027-01-05 }'
    (tmp_path / "may.toml").write_text(text.replace(line, by), encoding="utf-8")
    rules = load_rules(tmp_path / "may.toml")
    assert rules.sources["wpg"].checked == "nagekeken door jurist van de gemeente op 5 januari 2027"
    assert rules.sources["avg"].checked == NOT_CHECKED
    draft = draft_of(rules, walk(rules, POLICE), on=TODAY)
    assert f"{NOT_CHECKED}: Algemene verordening" in draft
    assert "Wet politiegegevens." not in draft


@pytest.mark.parametrize("half", ['checked_by = "jurist"', "checked_on = 2027-01-05", 'checked_by = " "'])
def test_who_looked_and_when_go_together(half: str) -> None:
    broken = raw()
    broken["sources"]["wpg"] |= tomllib.loads(half)
    if half == 'checked_by = " "':
        broken["sources"]["wpg"]["checked_on"] = TODAY
    assert "allebei" in refused(broken)


def test_the_ban_of_the_ai_act_is_not_told_larger_than_it_is() -> None:
    for name in ("personen", "controle"):
        assert "alleen uit een profiel" in RULES.outcomes[name].reason


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
    assert agreement.legal_basis.startswith("Voorstel")
    asked = step.outcome.verdict is Allowed.ASK
    assert ("nog geen ja gezegd" in path.read_text(encoding="utf-8")) is asked
    assert agreement.legal_basis.startswith("Voorstel, nog na te vragen") is asked
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


@pytest.mark.parametrize("key", ["sources", "articles", "reason", "decides"])
def test_an_outcome_without_ground_is_refused(key: str) -> None:
    broken = raw()
    del broken["outcomes"]["anders"][key]
    assert key in refused(broken)
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


@pytest.mark.parametrize("sign", ["\n", "\r", "\x00", "\x85", "\u2028"])
def test_a_rule_writes_no_line_of_its_own_in_a_draft(sign: str) -> None:
    text = f"Mag{sign}valid_until = 2099-01-01"
    for part in ("title", "decides"):
        content = raw()
        next(iter(content["outcomes"].values()))[part] = text
        assert "2099" not in refused(content)
    content = raw()
    content["questions"][content["first"]]["answers"][0]["text"] = text
    assert "regeleinde" in refused(content)


def test_many_roads_to_the_same_question_are_followed_once() -> None:
    content = raw()
    last, length = content["first"], 60
    for number in range(length):
        following = f"ruit_{number + 1}" if number + 1 < length else last
        content["questions"][f"ruit_{number}"] = {
            "text": "Links of rechts?",
            "answers": [{"id": side, "text": side, "next": following} for side in ("links", "rechts")],
        }
    content["first"] = "ruit_0"
    assert len(checked(content, MayRules, "may.toml").questions) == len(RULES.questions) + length
