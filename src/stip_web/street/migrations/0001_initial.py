# SPDX-License-Identifier: EUPL-1.2
"""The tables of the phone."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AreaRemark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20)),
                ("area_code", models.CharField(max_length=20)),
                ("week", models.CharField(db_index=True, max_length=8)),
                ("signal_id", models.UUIDField(default=uuid.uuid4)),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("entry_id", models.UUIDField(primary_key=True, serialize=False)),
                ("team", models.CharField(max_length=40, verbose_name="team")),
                ("plan_id", models.CharField(max_length=80)),
                ("place_id", models.CharField(max_length=80)),
                ("week", models.CharField(db_index=True, max_length=8)),
                ("visited", models.BooleanField(verbose_name="geweest")),
                ("code", models.CharField(blank=True, max_length=20, verbose_name="hoe het was")),
                ("why", models.CharField(blank=True, max_length=20, verbose_name="waarom niet")),
                ("better", models.JSONField(blank=True, default=list, verbose_name="beter hier")),
                ("remark", models.CharField(blank=True, max_length=20, verbose_name="wat er te zien was")),
                ("hours", models.FloatField(default=0, verbose_name="uren")),
                ("told_at", models.DateTimeField(db_index=True, verbose_name="verteld")),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ("told_at", "entry_id"),
            },
        ),
        migrations.CreateModel(
            name="Mirrored",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="mirrored",
                        serialize=False,
                        to="street.entry",
                    ),
                ),
                ("refused", models.CharField(blank=True, max_length=400)),
            ],
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="note",
                        serialize=False,
                        to="street.entry",
                    ),
                ),
                ("week", models.CharField(db_index=True, max_length=8)),
                ("sealed", models.BinaryField()),
            ],
        ),
    ]
