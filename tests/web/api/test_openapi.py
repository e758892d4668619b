# SPDX-License-Identifier: EUPL-1.2
"""The description of the API: committed, public, and by NLGov's REST API Design Rules 2.2."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from stip_web.accounts.permissions import Permission
from stip_web.api.openapi import as_text, document
from stip_web.api.version import VERSION

FILE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "openapi.json"
BODY = document()
OPERATIONS = [(path, method, told) for path, each in BODY["paths"].items() for method, told in each.items()]
NAMES = [path for path, _, _ in OPERATIONS]
CAMEL = re.compile(r"[a-z][a-z\d]*([A-Z][a-z\d]*)*")


def test_the_committed_description_holds(tmp_path: Path) -> None:
    assert FILE.read_text(encoding="utf-8") == as_text(BODY), "run `make reference` and commit what changed"
    call_command("openapi", "--check", str(FILE), stdout=io.StringIO())
    other = tmp_path / "openapi.json"
    other.write_text("{}")
    with pytest.raises(CommandError, match="make reference"):
        call_command("openapi", "--check", str(other))


def test_everybody_may_read_it_from_anywhere(settings: Any) -> None:
    answer = Client().get("/api/v1/openapi.json", headers={"Origin": "https://developer.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["API-Version"] == VERSION
    body = answer.json()
    assert body["paths"] == json.loads(as_text(BODY))["paths"]
    assert body["servers"] == [{"url": "https://testserver/api/v1"}]
    assert body["components"]["securitySchemes"]["SiteSession"]["name"] == settings.SESSION_COOKIE_NAME


def test_its_head_says_version_and_contact() -> None:
    assert re.fullmatch(r"3\.[01]\.\d", BODY["openapi"])
    assert re.fullmatch(r"\d+\.\d+\.\d+", BODY["info"]["version"])
    assert {"name", "email", "url"} <= BODY["info"]["contact"].keys()
    (server,) = BODY["servers"]
    assert re.fullmatch(r"https://\S+/v1", server["url"])
    assert VERSION.startswith("1.")


@pytest.mark.parametrize("path", NAMES)
def test_paths_are_kebab_case_without_a_slash_at_the_end(path: str) -> None:
    assert re.fullmatch(r"(/([a-z][a-z0-9]*(-[a-z0-9]+)*|\{[a-z][A-Za-z]*\}))+", path)


@pytest.mark.parametrize(("path", "method", "told"), OPERATIONS, ids=NAMES)
def test_an_operation_keeps_the_rules(path: str, method: str, told: dict[str, Any]) -> None:
    assert method in {"get", "post", "put", "patch", "delete"}
    assert told["summary"]
    for parameter in told["parameters"]:
        assert parameter["in"] != "query" or CAMEL.fullmatch(parameter["name"])
    assert set(told["x-permissions"]) <= set(Permission)
    assert bool(told.get("security")) == bool(told["x-permissions"]) == (path != "/health")
    responses = told["responses"]
    assert "400" in responses
    assert not told["x-permissions"] or {"401", "403", "429"} <= responses.keys()
    for status, response in responses.items():
        assert "API-Version" in response["headers"]
        (media,) = response["content"]
        if status >= "400":
            assert media == "application/problem+json"
        elif "Content-Crs" in response["headers"]:
            assert media == "application/geo+json"
            assert {"crs"} <= {parameter["name"] for parameter in told["parameters"]}
    assert "422" not in responses


def test_names_in_answers_are_lower_camel_case() -> None:
    schemas = BODY["components"]["schemas"]
    assert all(re.fullmatch(r"[A-Z][A-Za-z]*", name) for name in schemas)
    odd = [
        (name, field)
        for name, schema in schemas.items()
        for field in schema.get("properties", {})
        if not CAMEL.fullmatch(field)
    ]
    assert odd == []
    assert {"status", "title", "detail", "errors"} <= schemas["Problem"]["properties"].keys()
    assert {"in", "location", "code", "detail"} == schemas["Fault"]["properties"].keys()


def test_rd_and_etrs89_are_listed() -> None:
    parameters = {each["name"]: each for each in BODY["paths"]["/incidents"]["get"]["parameters"]}
    assert {"EPSG:28992", "EPSG:4258"} <= set(parameters["Accept-Crs"]["schema"]["enum"])
    assert parameters["Accept-Crs"]["in"] == "header"
