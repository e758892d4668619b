# SPDX-License-Identifier: EUPL-1.2
"""What should make the reader of an outlook careful: late or thin input, and what changed since the week before."""

from __future__ import annotations

from dataclasses import dataclass

from stip.outlook import model_label
from stip.store import Run, Workspace
from stip_web.outlooks.runs import is_plain_count, outlook_before
from stip_web.workspaces.clock import this_week


@dataclass(frozen=True)
class Caution:
    """A warning: its state (see `stip_web.desk.templatetags.states`), its title and its sentence."""

    state: str
    title: str
    text: str


def warnings_of(workspace: Workspace, run: Run, *, intact: bool) -> list[Caution]:
    """Give the warnings of an outlook, the gravest first."""
    found = []
    if not intact:
        found.append(
            Caution(
                "error",
                "Niet meer zoals vastgelegd",
                "De bestanden van deze uitkomst zijn veranderd nadat zij is vastgelegd. Gebruik haar niet. "
                "De beheerder kan haar terugzetten uit een reservekopie.",
            )
        )
    if is_plain_count(run):
        label = model_label(str(run.notes["baseline"]))
        found.append(
            Caution(
                "late",
                "Gewone telling",
                f"Dit is geen vooruitblik van het model, maar de gewone telling: {label}. Zij is gekozen omdat de "
                "vooruitblik niet kon worden gemaakt.",
            )
        )
    found += [Caution("late", _title(str(text)), str(text)) for text in run.notes.get("warnings", ())]
    if run.week < (now := this_week(workspace)):
        found.append(
            Caution("late", "Eerdere week", f"Deze vooruitblik is van een eerdere week. Het is nu {now.lower()}.")
        )
    found += [Caution("late", "Veranderd", text) for text in changed_since(run, outlook_before(workspace, run.week))]
    return found


def changed_since(run: Run, before: Run | None) -> list[str]:
    """Say what is otherwise than in the outlook of the week before, so that a jump in the figures is understood."""
    if before is None:
        return []
    now, then = run.facts, before.facts
    found = []
    new, old = (set(facts["settings"]["outlook"]["targets"]) for facts in (now, then))
    if new != old:
        found.append(f"De soorten meldingen zijn niet dezelfde als in {before.week.lower()}.")
    if run.notes["model"] != before.notes["model"]:
        model, other = (model_label(str(each.notes["model"])) for each in (run, before))
        found.append(f"Het model is ‘{model}’; in {before.week.lower()} was het ‘{other}’.")
    elif now["settings"] != then["settings"]:
        found.append(f"De instellingen zijn niet dezelfde als in {before.week.lower()}.")
    if now["program"] != then["program"]:
        found.append(
            f"Het programma is bijgewerkt sinds {before.week.lower()}; cijfers kunnen daardoor iets schelen."
        )
    if now["inputs"].get("cells") != then["inputs"].get("cells"):
        found.append(f"De vakken of buurten zijn veranderd sinds {before.week.lower()}.")
    if now["inputs"].get("context") != then["inputs"].get("context"):
        found.append(f"De lagen over de omgeving zijn veranderd sinds {before.week.lower()}.")
    return found


def _title(text: str) -> str:
    if "kwam binnen in" in text or "kwam niets binnen" in text:
        return "Te laat binnen"
    if "meldingen bekend" in text or "weken bekend" in text:
        return "Weinig gegevens"
    return "Let op"
