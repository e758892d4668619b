# SPDX-License-Identifier: EUPL-1.2
"""Forms of allauth whose words are not for everybody."""

from __future__ import annotations

from typing import Any

from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc] # allauth has no types
    """A passkey to add."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Naam"
        self.fields["passwordless"].label = "Ook inloggen zonder wachtwoord"
        self.fields["passwordless"].help_text = "Dan vraagt uw browser altijd om uw vinger, gezicht of pincode."


class EditPasskeyForm(EditWebAuthnForm):  # type: ignore[misc] # as above
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Naam"


class ActivateAppForm(ActivateTOTPForm):  # type: ignore[misc] # as above
    """The first code of the app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code uit de app"
