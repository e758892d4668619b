# SPDX-License-Identifier: EUPL-1.2
"""The inbox needs no town and no site."""

import pytest


@pytest.fixture(autouse=True)
def site() -> None:
    """Stand in the place of the sample town."""
