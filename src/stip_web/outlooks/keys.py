# SPDX-License-Identifier: EUPL-1.2
"""A workspace as the key of a cache."""

from __future__ import annotations

from stip_web.workspaces.keys import Unchanged

__all__ = ["Unchanged"]
