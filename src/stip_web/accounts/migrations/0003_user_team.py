# SPDX-License-Identifier: EUPL-1.2
"""Say in which team a person works."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the code of a team; blank is the first team of ``plan.teams``."""

    dependencies = [("accounts", "0002_user_demo")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="team",
            field=models.CharField(blank=True, default="", max_length=40, verbose_name="team"),
        )
    ]
