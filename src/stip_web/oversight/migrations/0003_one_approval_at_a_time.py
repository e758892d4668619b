# SPDX-License-Identifier: EUPL-1.2

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0002_limits_of_an_approval"),
    ]

    operations = [
        migrations.AddField(
            model_name="retentionorder",
            name="after",
            field=models.PositiveBigIntegerField(null=True, unique=True),
        ),
    ]
