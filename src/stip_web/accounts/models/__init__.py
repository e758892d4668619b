# SPDX-License-Identifier: EUPL-1.2
"""The tables of accounts."""

from stip_web.accounts.models.role import Role
from stip_web.accounts.models.token import Token
from stip_web.accounts.models.user import User

__all__ = ["Role", "Token", "User"]
