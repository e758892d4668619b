# SPDX-License-Identifier: EUPL-1.2
"""The IAMA as far as it can be filled in: why, what (data and algorithm), how, and human rights."""

from __future__ import annotations

from stip.outlook import LIMITS
from stip.publish.register.card import Card
from stip.publish.register.common import BOARD, FG, LAWYER, NOTICE, RISKS, begin, record_points, sources_table
from stip.publish.register.document import Document, Writer, literal
from stip.publish.register.entry import name_of
from stip.publish.register.facts import Facts

TEAM = "het team van de IAMA"

_RIGHTS = (
    (
        "Persoonlijke levenssfeer en gegevens (Handvest, artikel 7 en 8; Grondwet, artikel 10)",
        "Plek en tijd van een melding kunnen naar een bewoner wijzen.",
        "Plek tot op {fijnheid}; buiten de werkplek van de analist geen vak met wel een woning, maar minder dan "
        "{woningen_minimum}; meldingen {bewaartermijn}.",
    ),
    (
        "Gelijke behandeling (Grondwet, artikel 1; Handvest, artikel 21)",
        "Een buurt met veel meldingen krijgt vaker bezoek. Dat kan samenvallen met herkomst of inkomen van bewoners.",
        "Herkomst wordt geweigerd; cijfers over inkomen {inkomen_en_werk}; {loting} is geloot; toets per wijk.",
    ),
    (
        "Vrij bewegen en vrij zijn in de openbare ruimte (EVRM, vierde protocol, artikel 2)",
        "Wie op een genoemde plek is, kan vaker worden aangesproken.",
        "Een vooruitblik is geen grond om iemand te controleren; dat staat overal waar zij wordt getoond.",
    ),
    (
        "Goed bestuur en rechtsbescherming (Handvest, artikel 41 en 47)",
        "Een inwoner weet niet waarom het team in zijn straat komt.",
        "Openbare uitleg, dit register, cijfers per buurt, en een plek voor vragen en bezwaren.",
    ),
)


def iama_of(card: Card, facts: Facts) -> Document:
    """Return the draft of the IAMA."""
    writer = begin(card, facts)
    _why(writer, card)
    _what_data(writer, facts)
    _what_algorithm(writer, card, facts)
    _how(writer, card, facts)
    _rights(writer, card)
    title = "Impact Assessment Mensenrechten en Algoritmes (IAMA)"
    return writer.finish("iama", title, subtitle=name_of(card, facts), made_on=facts.on, notice=NOTICE)


def _why(writer: Writer, card: Card) -> None:
    texts = card.texts
    writer.part("Deel 1. Waarom?")
    writer.ask("1.1 Aanleiding en probleem")
    writer.say(texts.why_now)
    writer.ask("1.2 Doel")
    writer.say(texts.goal, "Wanneer is het een succes? {succes}", "De maat die vooraf is vastgelegd: {maat}.")
    writer.open(BOARD, "Is dit doel zo gesteld dat over een half jaar te zien is of het is gehaald?")
    writer.ask("1.3 Publieke waarden")
    writer.say(texts.public_values)
    writer.ask("1.4 Wettelijke grondslag")
    writer.say(texts.lawful_basis)
    writer.open(LAWYER, "Is de grondslag bevestigd, ook voor deze manier van werken?")
    writer.ask("1.5 Wie is betrokken, en wie is verantwoordelijk?")
    writer.say("Verantwoordelijk: {verantwoordelijke}. Toezicht: {fg}.", texts.talked_with)
    writer.open(TEAM, "Wie is nog niet gehoord, en heeft er wel mee te maken?")


def _what_data(writer: Writer, facts: Facts) -> None:
    writer.part("Deel 2A. Wat? De gegevens")
    writer.ask("2A.1 Welke gegevens, en hoe goed zijn zij?")
    sources_table(writer, facts)
    writer.say(
        "Meldingen komen later binnen dan het voorval. Daarom rekent Stip met wat op maandagochtend bekend was, en "
        "is een week pas na {definitief_na} definitief."
    )
    writer.ask("2A.2 Vertekening")
    writer.points(
        "Wat niet wordt gemeld, is er niet. Per buurt en per soort wordt verschillend gemeld.",
        "Meldingen volgen ook de aandacht: waar meer toezicht is, wordt meer gezien. Soorten die de politie vooral "
        "zelf vindt ({soorten_niet}), zijn daarom uitgesloten als doel.",
        "Een tijdvak (‘ergens in de nacht’) telt naar het deel dat in de week valt.",
    )
    writer.open(TEAM, "In welke buurten wordt bij u weinig gemeld, en hoe weet u dat?")
    writer.ask("2A.3 Beveiliging en bewaren")
    writer.say(
        "Meldingen blijven {bewaartermijn} en worden dan vernietigd. Een nieuw bestand staat tot het is nagekeken "
        "versleuteld apart. De nummers van meldingen zijn met een sleutel onherkenbaar gemaakt; de sleutel ligt "
        "buiten de werkmap."
    )


def _what_algorithm(writer: Writer, card: Card, facts: Facts) -> None:
    writer.part("Deel 2B. Wat? Het algoritme")
    writer.ask("2B.1 Wat voor algoritme?")
    writer.say("Gebruikt: ‘{model}’, {versie}. Het leert van {leerweken} weken, en opnieuw na {opnieuw_leren}.")
    writer.points(*(literal(line) for line in facts.formula))
    writer.ask("2B.2 Van wie is het, en wie heeft er grip op?")
    writer.say(
        "Software: {leverancier}. De broncode is open. De instellingen staan in één bestand en worden bij elke "
        "uitkomst bewaard, zodat later is na te gaan waarmee is gerekend."
    )
    writer.ask("2B.3 Hoe nauwkeurig is het?")
    record_points(writer, facts)
    writer.say("De uitkomst staat altijd naast een gewone telling: ‘{telling}’.")
    for caution in facts.cautions:
        writer.open("de analist", caution)
    writer.ask("2B.4 Is het uit te leggen?")
    writer.say("Bij elk vak staat in gewone woorden wat er is geteld. Wat het niet kan:")
    writer.points(*(literal(line) for line in LIMITS))


def _how(writer: Writer, card: Card, facts: Facts) -> None:
    writer.part("Deel 3. Hoe? De uitvoering")
    writer.ask("3.1 Wat gebeurt er met de uitkomst?")
    writer.say(
        "De uitkomst is een voorstel voor een weekplan: ten hoogste {plekken} plekken, en ten hoogste {bezoeken} "
        "bezoeken aan één plek in een week. {loting} van de plekken is geloot."
    )
    writer.ask("3.2 De rol van mensen")
    writer.say(card.texts.human_intervention)
    writer.open(TEAM, "Durft en kan de coördinator afwijken? Heeft het team geleerd wat de vooruitblik niet kan?")
    writer.ask("3.3 Gevolgen")
    writer.say(card.texts.risks)
    writer.table(
        {"Wat kan er misgaan": 3, "Voor wie": 2, "Wat de software doet": 4},
        *((e.what, e.whom, e.done) for e in RISKS),
    )
    writer.ask("3.4 Stilzetten")
    writer.say(
        "Een bron, de vooruitblik of alles kan worden stilgezet, met een reden. Wat nu stilstaat, staat bij "
        "Toezicht en op de openbare site."
    )
    writer.ask("3.5 Communicatie en inspraak")
    writer.say(
        "Er is een openbare site met uitleg, cijfers per buurt ({weken_te_laat} na afloop, als veelvoud van "
        "{afronding}) en een plek voor vragen en bezwaren. Stip maakt de tekst voor het Algoritmeregister; de "
        "gemeente levert haar zelf aan."
    )
    writer.open("communicatie", "Staat dit algoritme al in het Algoritmeregister, en waar?")
    writer.open("communicatie", "Hoe weten inwoners die de site niet zoeken, dat dit bestaat?")
    writer.ask("3.6 Evaluatie en toezicht")
    writer.say(
        "Elke week wordt nagerekend, ook als het tegenviel. Elk half jaar is een besluit nodig: doorgaan, "
        "bijstellen of stoppen. Zonder vooraf gestelde maat kan geen plan worden vastgesteld."
    )


def _rights(writer: Writer, card: Card) -> None:
    writer.part("Deel 4. Mensenrechten")
    writer.ask("4.1 Welke grondrechten kunnen worden geraakt?")
    writer.table({"Grondrecht": 3, "Hoe het kan worden geraakt": 3, "Wat er nu tegenover staat": 3}, *_RIGHTS)
    writer.open(TEAM, "Ontbreekt er een grondrecht?")
    writer.ask("4.2 Bijzondere wetten")
    writer.open(LAWYER, "Welke wetten beschermen deze rechten nog meer, zoals de Algemene wet gelijke behandeling?")
    writer.ask("4.3 Hoe ernstig is het?")
    writer.open(TEAM, "Weeg per grondrecht de ernst: licht, matig of zwaar. Schrijf erbij voor wie.")
    writer.ask("4.4 Doel en werking")
    writer.say("Het doel: {doel} Of het werkt, staat bij 2B.3.")
    writer.open(BOARD, "Is met deze cijfers aannemelijk dat het doel wordt gehaald?")
    writer.ask("4.5 Kan het met minder?")
    writer.say(card.texts.alternatives)
    writer.ask("4.6 Afweging")
    writer.say(card.texts.proportionality)
    writer.open(
        BOARD, "Weegt het doel op tegen wat het raakt? Besluit, met een datum en een moment om opnieuw te kijken."
    )
    writer.open(FG, "Wat is uw advies?")
