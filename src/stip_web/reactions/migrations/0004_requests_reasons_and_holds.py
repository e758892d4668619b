# SPDX-License-Identifier: EUPL-1.2
"""Requests about own data, why it was decided so, and a hold on destroying."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reactions", "0003_let_those_who_decide_answer"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="held",
            field=models.BooleanField(default=False, verbose_name="wissen wacht"),
        ),
        migrations.AddField(
            model_name="message",
            name="reason",
            field=models.TextField(blank=True, max_length=4000, verbose_name="reden van het besluit"),
        ),
        migrations.AlterField(
            model_name="message",
            name="kind",
            field=models.CharField(
                choices=[
                    ("question", "Een vraag"),
                    ("objection", "Een bezwaar tegen het gebruik van gegevens"),
                    ("request", "Gegevens inzien, verbeteren of laten wissen"),
                    ("error", "Een fout in cijfers of tekst"),
                ],
                max_length=20,
                verbose_name="soort",
            ),
        ),
        migrations.AlterField(
            model_name="step",
            name="kind",
            field=models.CharField(
                choices=[
                    ("forwarded", "Doorgestuurd"),
                    ("answered", "Beantwoord"),
                    ("identity", "Gevraagd wie de afzender is"),
                    ("extended", "De termijn is twee maanden langer; dat is de afzender gezegd, met de reden"),
                    ("held", "Wissen wacht: er loopt bezwaar of beroep"),
                    ("released", "Wissen gaat weer door"),
                ],
                max_length=20,
                verbose_name="wat",
            ),
        ),
        migrations.AlterField(
            model_name="step",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("explained", "uitgelegd"),
                    ("corrected", "fout hersteld"),
                    ("granted", "bezwaar of verzoek toegewezen"),
                    ("refused", "bezwaar of verzoek afgewezen, met reden"),
                    ("elsewhere", "verwezen naar wie er wel over gaat"),
                    ("no_address", "gelezen; antwoorden kan niet, want er is geen adres"),
                ],
                max_length=20,
                verbose_name="hoe",
            ),
        ),
    ]
