# SPDX-License-Identifier: EUPL-1.2
"""Django's question ``has_perm``, answered from roles."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend

from stip_web.accounts.models import User


class RoleBackend(BaseBackend):
    """Answers from roles only; logs nobody in."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Whether a role of this user holds the permission."""
        return isinstance(user_obj, User) and perm in user_obj.held
