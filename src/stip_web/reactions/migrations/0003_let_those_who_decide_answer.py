# SPDX-License-Identifier: EUPL-1.2
"""Who decides on an objection is the controller: its role may read and answer messages, also where Stip was before."""

from typing import Any

from django.db import migrations


def grant(apps: Any, schema_editor: Any) -> None:
    """Add what concerns messages to the role, whatever a municipality changed in it."""
    for role in apps.get_model("accounts", "Role").objects.filter(code="policy"):
        role.permissions = sorted({*role.permissions, "message.read", "message.answer"})
        role.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    """Grant them."""

    dependencies = [
        ("accounts", "0003_user_team"),
        ("reactions", "0002_let_the_privacy_officer_read"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
