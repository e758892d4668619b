# SPDX-License-Identifier: EUPL-1.2
"""Why a remark of help could not become a signal."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the reason; empty as long as there is none."""

    dependencies = [("street", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="arearemark",
            name="trouble",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
    ]
