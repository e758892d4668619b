# SPDX-License-Identifier: EUPL-1.2
"""The model card of a frozen outlook: made from the run and nothing else, so that it says what was really used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from stip.outlook.forecaster import model_label
from stip.store import Run

NO_GROUND = "Een vooruitblik gaat over plekken, nooit over mensen. Zij is geen grond om iemand te controleren."
"""Stands wherever an outlook is shown."""

PARTS = (
    "Eén: een som van eerdere meldingen. Hoe korter geleden en hoe dichterbij, hoe zwaarder zij tellen (mixture).",
    "Twee: een formule met wat er gemeld is en wat er om het vak heen staat (loglinear).",
    "Drie: beslisbomen op dezelfde gegevens (boosted).",
    "Vier: wat lang blijft, en wat kort geleden vlakbij gebeurde en zich kan herhalen (excited).",
)

LEARNED_WEIGHTS = "De gewichten worden geleerd uit wat eerder uitkwam. Zij staan in het bestand, onder ‘learned’."
"""Where the card tells them; what goes out does not."""

LIMITS = (
    "Zij gaat over plekken en over meldingen, niet over mensen en niet over alles wat er gebeurt.",
    "Wat niet wordt gemeld, ziet zij niet. Waar meer wordt gemeld, verwacht zij meer.",
    "Voor één vak is het verwachte aantal bijna altijd kleiner dan één; kijk naar een klasse als geheel.",
    "Een feit bij een vak zegt wat er is geteld of gemeten, niet waardoor iets komt.",
    "Zij kent geen weer, evenementen of werkzaamheden. Wie die kent, legt een wijziging vast met een reden.",
    "Het interval is van 80 %: in ongeveer één op de vijf weken valt het aantal erbuiten.",
)


def formula_of(model: str, baseline: str, steering: Mapping[str, Any]) -> list[str]:
    """Say in words how an outlook is reckoned.

    Parameters
    ----------
    model, baseline : str
        Names in the register of forecasters.
    steering : mapping
        The settings of the outlook, as `stip.settings.OutlookSettings` has them.
    """
    if model == baseline:
        return [
            f"Dit is een gewone telling: {model_label(model)}.",
            "Per vak: het aantal meldingen in die weken, gedeeld door het aantal weken, met een kleine correctie "
            "voor meldingen die nog moeten binnenkomen.",
        ]
    if model != "blend":
        return [f"Gebruikt is: {model_label(model)}."]
    lives, widths = (_listed(steering[name]) for name in ("half_lives_weeks", "widths_m"))
    return [
        "Per vak en per soort melding worden vier verwachtingen gemaakt, en samen gewogen.",
        *PARTS,
        f"Eerdere meldingen tellen op {len(steering['half_lives_weeks'])} tijdschalen "
        f"(na {lives} weken nog half) en op {len(steering['widths_m'])} afstanden ({widths} meter).",
        LEARNED_WEIGHTS,
        f"De uitkomst is een aantal per vak voor de week. De vakken met het meeste vormen de klassen; "
        f"bij gelijke stand beslist een vast lot ({steering['seed']}).",
    ]


def _listed(scales: Sequence[float]) -> str:
    """Return scales as Dutch has them; with a comma in a number, semicolons between them."""
    told = [f"{each:g}".replace(".", ",") for each in scales]
    return ("; " if any("," in each for each in told) else ", ").join(told)


def outlook_card(run: Run, labels: Mapping[str, str], *, intact: bool) -> dict[str, Any]:
    """Give the card of a run as JSON can hold it; for the desk: it holds true counts.

    Parameters
    ----------
    run : Run
        Of kind ``outlook``.
    labels : mapping of str to str
        What each crime type of the run is called.
    intact : bool
        Whether the run is still as it was frozen.
    """
    facts, notes = run.facts, run.notes
    model, baseline = str(notes["model"]), str(notes["baseline"])
    return {
        "run": run.run_id,
        "week": run.week,
        "frozenAt": facts["made_at"],
        "seal": facts.get("seal", ""),
        "intact": intact,
        "version": facts["version"],
        "program": facts["program"],
        "cutoff": notes["cutoff"],
        "model": {"name": model, "label": model_label(model)},
        "baseline": {"name": baseline, "label": model_label(baseline)},
        "planUses": notes["use"],
        "settings": facts["settings"],
        "inputs": facts["inputs"],
        "tables": facts["tables"],
        "formula": formula_of(model, baseline, facts["settings"]["outlook"]),
        "limits": list(LIMITS),
        "warnings": list(notes.get("warnings", ())),
        "types": {
            name: {
                "label": labels[name],
                "expectedTotal": round(float(known["expected_total"]), 2),
                "knownReports": known["known_reports"],
                "verdict": known["verdict"],
                "learned": known.get("learned", {}),
            }
            for name, known in notes["by_type"].items()
        },
        "noGround": NO_GROUND,
    }
