# SPDX-License-Identifier: EUPL-1.2
"""Odd questions by the description of the service: never a fault of ours, and every answer as it says."""

from __future__ import annotations

import os
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import negative_data_rejection, positive_data_acceptance

EXAMPLES = int(os.environ.get("STIP_FUZZ", "12"))


@pytest.mark.slow
def test_every_answer_keeps_its_description(address: str) -> None:
    schema = schemathesis.openapi.from_url(f"{address}/ogc/api")
    operations = [found.ok() for found in schema.get_all_operations()]
    assert {operation.path for operation in operations} >= {"/", "/collections/cijfers/items"}

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def ask(data: Any) -> None:
        for operation in operations:
            case = data.draw(operation.as_strategy())
            # A box may have its corners the wrong way round, and a limit above the most is the most: the standard
            # says so of the second, and the description cannot say the first.
            case.call_and_validate(
                headers={"Accept-Encoding": "identity"},
                excluded_checks=[positive_data_acceptance, negative_data_rejection],
            )

    ask()
