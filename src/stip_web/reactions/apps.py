# SPDX-License-Identifier: EUPL-1.2
"""The app of messages."""

from django.apps import AppConfig


class ReactionsConfig(AppConfig):
    """What citizens wrote."""

    name = "stip_web.reactions"
    label = "reactions"
    verbose_name = "Berichten"

    def ready(self) -> None:
        """Make the worker and the log know what there is to do."""
        from stip_web.accounts.permissions import Permission
        from stip_web.oversight.signs import SIGNS
        from stip_web.reactions import actions, tasks  # noqa: F401
        from stip_web.reactions.sign import messages_sign

        SIGNS.append(((Permission.MESSAGE_READ,), messages_sign))
