# SPDX-License-Identifier: EUPL-1.2
"""Odd questions by the description: never a fault of ours, and every answer as the description says."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import positive_data_acceptance

from stip_web.api.parameters import WEEK
from stip_web.wsgi import application

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("many_questions", "one_connection")]
SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
EXAMPLES = int(os.environ.get("STIP_FUZZ", "6"))
"""Questions an operation and role; ``STIP_FUZZ=300`` for a long evening."""
REAL = {"week": ("2026-W36", "2026-W37"), "name": ("trees", "parks")}
"""What chance would hardly ever find."""
FORM = {"week": WEEK, "name": "[ -~]{1,80}"}


@SCHEMA.hook
def map_path_parameters(context: Any, path_parameters: dict[str, Any] | None) -> dict[str, Any] | None:
    """Ask for what there is, in one good question of two; what is made wrong on purpose stays wrong."""
    return {name: _real(name, value) for name, value in (path_parameters or {}).items()}


def _real(name: str, value: Any) -> Any:
    good = isinstance(value, str) and re.fullmatch(FORM[name], value, re.ASCII)
    return REAL[name][len(value) % 2] if good and sum(map(ord, value)) % 2 else value


@pytest.fixture
def one_connection(db: None) -> Iterator[None]:
    """Keep the test's connection open between questions, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("role", ["analyst", "policy", ""])
@SCHEMA.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_keeps_its_description(case: Any, role: str, secrets_by_role: Callable[[str], str]) -> None:
    secret = secrets_by_role(role)
    headers = {"Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {secret}"} if secret else {})
    # A crime type that fits the description and is not there is refused all the same: nothing would seem to happen.
    case.call_and_validate(headers=headers, excluded_checks=[positive_data_acceptance])
