# SPDX-License-Identifier: EUPL-1.2
"""The board answers for what Stip does: its role may put things on hold, also where Stip was before."""

from typing import Any

from django.db import migrations


def grant(apps: Any, schema_editor: Any) -> None:
    """Add the pause to the role, whatever a municipality changed in it."""
    for role in apps.get_model("accounts", "Role").objects.filter(code="policy"):
        role.permissions = sorted({*role.permissions, "pause"})
        role.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    """Grant it."""

    dependencies = [("accounts", "0003_user_team")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
