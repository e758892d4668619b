# SPDX-License-Identifier: EUPL-1.2
"""The public explanation: what the pages “Zo werkt het” and “Algoritme” show."""

from __future__ import annotations

from stip.outlook import LIMITS, NO_GROUND
from stip.publish.register.card import Card
from stip.publish.register.common import month_of
from stip.publish.register.entry import RegisterEntry
from stip.publish.register.facts import Facts
from stip.publish.register.fixed import WAITING
from stip.publish.register.processing import notice_of
from stip.publish.register.shapes import Explanation, Figure, Link, Section
from stip.publish.register.sources import source_lines


def explanation_of(card: Card, facts: Facts, entry: RegisterEntry) -> Explanation:
    """Return the explanation.

    Parameters
    ----------
    entry : RegisterEntry
        As `entry_of` made it: its texts are used as they are.
    """
    return Explanation(
        lang="nld",
        town=facts.town,
        organisation=card.organisation.name,
        contact_email=card.organisation.contact_email,
        objections_url=card.organisation.objections_url,
        privacy_url=card.organisation.privacy_url,
        made_on=facts.on,
        summary=entry.description_short,
        how=_how(facts),
        algorithm=_algorithm(card, facts, entry),
        record=list(facts.record),
        record_kind=facts.record_kind,
        record_note=facts.record_note,
        lawful_basis_links=[Link(title=each.title, link=each.link) for each in card.lawful_basis_links],
        impact_tests=[Link(title=each.title, link=each.link) for each in card.impact_tests],
        english=_english(card, facts),
        **notice_of(card, facts, entry),
    )


def section(
    name: str, title: str, *paragraphs: str, points: tuple[str, ...] = (), figures: tuple[Figure, ...] = ()
) -> Section:
    """Make a part of a page."""
    return Section(id=name, title=title, paragraphs=list(paragraphs), points=list(points), figures=list(figures))


def figures_of(facts: Facts, *names: str) -> tuple[Figure, ...]:
    """Return facts by their names, as figures."""
    return tuple(facts.named[name].figure for name in names)


def _how(facts: Facts) -> list[Section]:
    named = facts.text
    return [
        section(
            "plekken-kiezen",
            "Hoe worden plekken gekozen?",
            f"De stad is verdeeld in vakken van {named('vak_meter')}. Voor elk vak rekent de computer uit hoeveel "
            f"meldingen er volgende week te verwachten zijn. Het gaat om: {named('soorten')}.",
            "Daarvoor telt hij eerdere meldingen. Een melding van kort geleden en dichtbij telt zwaarder. Ook wat er "
            f"in de buurt staat, telt mee: {named('omgeving')}.",
            f"Een deel van de plekken wordt door loting gekozen: {named('loting')}. Zo is ook te zien wat er gebeurt "
            "op plekken die de computer niet noemt.",
            figures=figures_of(facts, "vak_meter", "soorten", "loting", "telling"),
        ),
        section(
            "mensen-beslissen",
            "Mensen beslissen",
            "De computer doet een voorstel. Mensen maken het plan. Zij kunnen elke plek schrappen, veranderen of "
            "toevoegen. Zij schrijven op waarom.",
            f"Het team heeft {named('uren')} uur in de week en gaat naar ten hoogste {named('plekken')} plekken.",
            "Na een bezoek zegt het team wat het zag. De gemeente rekent na wie gelijk had.",
            figures=figures_of(facts, "uren", "plekken", "bezoeken"),
        ),
        section("wat-het-niet-kan", "Wat kan het niet?", NO_GROUND, points=LIMITS[:5]),
        section(
            "werkt-het",
            "Werkt het?",
            f"Naast elke uitkomst staat een gewone telling: {named('telling')}. Doet de vooruitblik het slechter, "
            "dan gaat het plan van de telling uit.",
            f"Het is een succes als: {named('maat')}.",
            "Elk half jaar besluit het bestuur of de gemeente doorgaat, iets verandert of stopt.",
            figures=figures_of(facts, "maat", "definitief_na"),
        ),
        section(
            "gegevens",
            "Welke gegevens worden gebruikt?",
            "Van een melding worden alleen de soort, de tijd en de plek gebruikt. Staan er in een bestand ook "
            f"namen, adressen, verdachten of slachtoffers, dan komen die niet in de werkmap. {WAITING}",
            f"De plek is bekend tot op {named('fijnheid')}. Meldingen worden {named('bewaartermijn')} bewaard. "
            "Daarna worden zij vernietigd.",
            f"Cijfers gaan pas na {named('weken_te_laat')} naar buiten. Zij gaan over een hele buurt en zijn een "
            f"veelvoud van {named('afronding')}.",
            points=source_lines(facts.sources),
            figures=figures_of(facts, "bewaartermijn", "fijnheid", "woningen_minimum", "weken_te_laat"),
        ),
    ]


def _algorithm(card: Card, facts: Facts, entry: RegisterEntry) -> list[Section]:
    return [
        section("doel", "Waarom gebruikt de gemeente dit?", entry.goal),
        section("afweging", "Waarom mag dit, en is het niet te veel?", entry.proportionality),
        section("wet", "Op welke wet rust het?", entry.lawful_basis),
        section("mensen", "Wat doen mensen?", entry.human_intervention),
        section("risicos", "Wat kan er misgaan?", entry.risks),
        section("bronnen", "Welke bronnen?", points=source_lines(facts.sources)),
        section(
            "rekenen",
            "Hoe wordt er gerekend?",
            points=facts.formula,
            figures=figures_of(facts, "model", "telling", "versie", "leerweken", "opnieuw_leren"),
        ),
        section(
            "status",
            "Hoe ver is het?",
            f"Status: {entry.status}. Begin: {month_of(entry.begin_date)}. Gemaakt door: {entry.provider}.",
            f"Wie beslist: {card.organisation.controller}. Vragen over privacy: {card.organisation.privacy_officer}.",
        ),
    ]


def _english(card: Card, facts: Facts) -> list[str]:
    return [
        f"{card.organisation.name} uses Stip, free software, to plan the week of a small safety team. Each week it "
        "estimates, for squares on the map, how many reports of a few kinds of crime may come in. People make the "
        "plan and can change every place in it. It is about places, never about persons: of a report no names, "
        "addresses, suspects or victims are kept. A file that comes in waits under encryption for 24 hours at most, "
        "and is then destroyed.",
        "A simple count always stands beside the estimate, and a share of the places is drawn by lot, so that the "
        "town can see honestly whether it helps. Public figures are per neighbourhood, weeks late, and rounded.",
    ]
