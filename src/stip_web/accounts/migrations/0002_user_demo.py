# SPDX-License-Identifier: EUPL-1.2
"""Mark accounts of a demo; those of a database that is a demo's when this runs all are."""

from django.db import migrations, models

import stip_web.accounts.models.user


class Migration(migrations.Migration):
    """Add the mark."""

    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="demo",
            field=models.BooleanField(
                default=stip_web.accounts.models.user.made_in_demo, editable=False, verbose_name="van het voorbeeld"
            ),
        )
    ]
