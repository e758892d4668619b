# SPDX-License-Identifier: EUPL-1.2
"""The tables of this app: only how the making of an outlook goes. Outlooks and decisions are in the workspace."""

from stip_web.outlooks.models.making import Making

__all__ = ["Making"]
