# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the API."""

from typing import Any

urlpatterns: list[Any] = []
