# SPDX-License-Identifier: EUPL-1.2
"""The boards of week plans, and proposals in the making."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """Make both tables."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("week", models.CharField(max_length=8, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("concept", "concept"),
                            ("vastgesteld", "vastgesteld"),
                            ("herzien", "herzien"),
                            ("afgesloten", "afgesloten"),
                        ],
                        default="concept",
                        max_length=12,
                    ),
                ),
                ("edition", models.PositiveIntegerField(default=0)),
                ("run_id", models.CharField(blank=True, max_length=16)),
                ("capacity", models.JSONField(default=dict)),
                ("places", models.JSONField(default=list)),
                ("version", models.PositiveIntegerField(default=0)),
                ("fixed_from", models.IntegerField(default=-1)),
            ],
            options={
                "ordering": ("-week",),
            },
        ),
        migrations.CreateModel(
            name="Proposing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("week", models.CharField(max_length=8)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "staat klaar"),
                            ("running", "bezig"),
                            ("done", "klaar"),
                            ("failed", "mislukt"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("step", models.CharField(blank=True, max_length=200)),
                ("reason", models.CharField(blank=True, max_length=600)),
                ("run_id", models.CharField(blank=True, max_length=16)),
                ("worker", models.CharField(blank=True, max_length=120)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("started_at", models.DateTimeField(null=True)),
                ("beat_at", models.DateTimeField(null=True)),
                ("hours", models.FloatField()),
                ("rotation", models.CharField(blank=True, max_length=140)),
            ],
            options={
                "ordering": ("-asked_at", "-id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("waiting", "running"))),
                        fields=("week",),
                        name="one_busy_proposing_a_week",
                    )
                ],
            },
        ),
    ]
