# SPDX-License-Identifier: EUPL-1.2
"""An installation that was there before messages were: its privacy officer may read and answer them too."""

from typing import Any

from django.db import migrations


def grant(apps: Any, schema_editor: Any) -> None:
    """Add what concerns messages to the role, whatever a municipality changed in it."""
    for role in apps.get_model("accounts", "Role").objects.filter(code="privacy_officer"):
        role.permissions = sorted({*role.permissions, "message.read", "message.answer"})
        role.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    """Grant them."""

    dependencies = [
        ("accounts", "0003_user_team"),
        ("reactions", "0001_initial"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
