# SPDX-License-Identifier: EUPL-1.2
"""The app of *Mag dit?*; it keeps nothing: what was answered stands in the address."""

from django.apps import AppConfig


class MayConfig(AppConfig):
    """The check."""

    name = "stip_web.may"
    verbose_name = "Mag dit?"

    def ready(self) -> None:
        """Put the card of dots below the town's minimum on the first page of Toezicht."""
        from stip_web.accounts.permissions import Permission
        from stip_web.may.dots import dots_sign
        from stip_web.oversight.signs import SIGNS

        SIGNS.append(((Permission.RULES_APPROVE, Permission.RULES_PROPOSE), dots_sign))
