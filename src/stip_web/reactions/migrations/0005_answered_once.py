# SPDX-License-Identifier: EUPL-1.2
"""A message is answered once, also when two people answer at the same moment."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the constraint."""

    dependencies = [
        ("reactions", "0004_requests_reasons_and_holds"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="step",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "answered")), fields=("message",), name="answered_once"
            ),
        ),
    ]
