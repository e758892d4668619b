# SPDX-License-Identifier: EUPL-1.2
"""The entry for the Algoritmeregister: its fields, its limits, and that nothing is cut."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from publish.register.known_town import AT
from stip.errors import SettingsError
from stip.publish.register import RegisterEntry, make_register
from stip.store import Workspace

FIELDS = [
    "name", "description_short", "organization", "category", "status", "begin_date", "contact_email",
    "publication_category", "goal", "proportionality", "human_intervention", "risks", "lawful_basis",
    "lawful_basis_grouping", "process_index_url", "impacttoetsen_grouping", "source_data", "source_data_grouping",
    "methods_and_models", "provider", "publiccode", "lang", "standard_version", "source_id", "tags",
]  # fmt: skip
LIMITS = {"name": 100, "description_short": 350, "methods_and_models": 5000} | dict.fromkeys(
    ("goal", "proportionality", "human_intervention", "risks", "lawful_basis"), 2500
)


def set_text(root: Path, key: str, text: str) -> None:
    lines = (root / "card.toml").read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith(f"{key} = "))
    lines[at] = f"{key} = {json.dumps(text, ensure_ascii=False)}"
    (root / "card.toml").write_text("\n".join(lines), encoding="utf-8")


def test_the_fields_and_limits_are_those_of_the_standard() -> None:
    schema = RegisterEntry.model_json_schema()
    assert list(schema["properties"]) == FIELDS
    assert {name: schema["properties"][name]["maxLength"] for name in LIMITS} == LIMITS
    assert schema["additionalProperties"] is False


def test_the_json_validates(town: Workspace) -> None:
    text = make_register(town, at=AT).files["register.json"]
    entry = RegisterEntry.model_validate_json(text, strict=True)
    assert (entry.lang, entry.standard_version) == ("nld", "1.0")
    assert entry.publication_category == "Impactvolle algoritmes"
    assert all(len(getattr(entry, name)) <= limit for name, limit in LIMITS.items())


def test_the_csv_holds_the_same(town: Workspace) -> None:
    register = make_register(town, at=AT)
    text = register.files["register.csv"]
    [row] = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert list(row) == FIELDS
    assert row["goal"] == register.entry.goal
    assert json.loads(row["lawful_basis_grouping"])[0]["title"] == "Gemeentewet, artikel 172"
    assert row["category"] == "Openbare orde en veiligheid"


def test_a_spreadsheet_runs_nothing_of_it(town: Workspace) -> None:
    set_text(town.root, "risks", "=1+1")
    [row] = csv.DictReader(io.StringIO(make_register(town, at=AT).entry.to_csv(), newline=""))
    assert row["risks"] == "'=1+1"


@pytest.mark.parametrize(("key", "limit"), [("goal", 2500), ("description_short", 350), ("name", 100)])
def test_too_long_is_refused_with_field_length_and_limit(town: Workspace, key: str, limit: int) -> None:
    if key == "name":
        text = (town.root / "card.toml").read_text(encoding="utf-8")
        (town.root / "card.toml").write_text(
            text.replace("Vooruitblik en weekplan voor", "V" * 101), encoding="utf-8"
        )
    else:
        set_text(town.root, key, "a" * (limit + 1))
    with pytest.raises(SettingsError) as refused:
        make_register(town, at=AT)
    said = str(refused.value)
    written = f"{limit:,}".replace(",", ".")
    assert f"veld {key}" in said and f"{written} zijn" in said and "card.toml, bij" in said
    if key != "name":
        assert f"{limit + 1:,}".replace(",", ".") in said


def test_a_text_of_exactly_the_limit_is_whole(town: Workspace) -> None:
    set_text(town.root, "goal", "a" * 2500)
    assert make_register(town, at=AT).entry.goal == "a" * 2500


def test_a_link_of_a_source_that_is_not_there_is_refused(town: Workspace) -> None:
    with (town.root / "card.toml").open("a", encoding="utf-8") as file:
        file.write('\n[source_links]\nbag = "https://www.kadaster.example/bag"\n')
    grouping = make_register(town, at=AT).entry.source_data_grouping
    assert [each.link for each in grouping] == ["https://www.kadaster.example/bag"]
    with (town.root / "card.toml").open("a", encoding="utf-8") as file:
        file.write('onbekend = "https://www.stad.example"\n')
    with pytest.raises(SettingsError, match="source_links.onbekend"):
        make_register(town, at=AT)
