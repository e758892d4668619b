# SPDX-License-Identifier: EUPL-1.2
"""The DPIA as far as it can be filled in: headings in the order of the 17 points of the national model."""

from __future__ import annotations

from stip.agreements import Remark, Weight
from stip.publish.register.card import Card
from stip.publish.register.common import BOARD, FG, LAWYER, NOTICE, RISKS, begin, record_points, sources_table
from stip.publish.register.document import Document, Writer, literal
from stip.publish.register.entry import name_of
from stip.publish.register.facts import Facts
from stip.publish.register.fixed import WAITING


def dpia_of(card: Card, facts: Facts, remarks: tuple[Remark, ...] = ()) -> Document:
    """Return the draft of the DPIA.

    Parameters
    ----------
    remarks : tuple of Remark
        What `stip.agreements.review` says of the agreements; what is not in order stands in it as open.
    """
    writer = begin(card, facts)
    _described(writer, card, facts)
    _lawful(writer, card, facts, remarks)
    _risks(writer, card)
    _measures(writer, facts)
    title = "Gegevensbeschermingseffectbeoordeling (DPIA)"
    return writer.finish("dpia", title, subtitle=name_of(card, facts), made_on=facts.on, notice=NOTICE)


def _described(writer: Writer, card: Card, facts: Facts) -> None:
    texts = card.texts
    writer.part("A. Beschrijving van de verwerking")
    writer.ask("1. Voorstel")
    writer.say(
        texts.goal,
        texts.why_now,
        "Elke week leest {organisatie} een bestand met meldingen in. Daaruit komen een kaart met stippen, een "
        "vooruitblik per vak van {vak_meter} en een voorstel voor een weekplan. Mensen maken het plan. Daarna wordt "
        "nagerekend wat ervan uitkwam. Het gebruik begint in {begin}.",
    )
    writer.ask("2. Persoonsgegevens")
    writer.say(
        "In de werkmap staan geen namen, geboortedata, burgerservicenummers, kentekens, verdachten, slachtoffers of "
        "vrije tekst uit de bron. Van een melding blijven over: een nummer dat met een sleutel onherkenbaar is "
        "gemaakt, de soort, het begin en einde, het moment van melden, en een plek die is verschoven naar het midden "
        "van een vierkant van {fijnheid}.",
        "Een plek en een tijd kunnen samen toch naar een persoon wijzen: wie weet dat er bij iemand is ingebroken, "
        "kan de melding herkennen. Behandel de meldingen daarom als persoonsgegevens.",
    )
    writer.open(FG, "Zijn aantallen per week en per vak, kleiner dan een buurt, anoniem of niet? De wet is hier niet "
                "duidelijk over.")  # fmt: skip
    writer.ask("3. Gegevensverwerkingen")
    sources_table(writer, facts)
    writer.say(
        f"Een kolom die niet in de tabel staat, komt niet in de werkmap of in een logboek. {WAITING} "
        "Een adres wordt alleen gelezen om er een punt van te maken.",
        "Wie op de openbare site een vraag, bezwaar of fout stuurt, geeft soms een naam en een e-mailadres. Zo'n "
        "bericht ligt op slot en is alleen te lezen voor wie het beantwoordt. Ook oordelen van teamleden, signalen, "
        "besluiten en plannen worden bewaard, met een rol. Zij staan in het register van verwerkingen.",
    )
    writer.ask("4. Verwerkingsdoeleinden")
    writer.say("Het doel in één zin: {doel}")
    writer.points(
        "Zien waar en wanneer er meldingen zijn (stippenkaart).",
        "Schatten waar volgende week meldingen te verwachten zijn (vooruitblik), voor: {soorten}.",
        "Uren van het team verdelen (weekplan): {uren} uur in de week, ten hoogste {plekken} plekken.",
        "Narekenen of het hielp (evaluatie).",
        "Verantwoording aan inwoners (openbaarmaking): per buurt, {weken_te_laat} na afloop.",
    )
    writer.ask("5. Betrokken partijen")
    writer.points(
        "Verwerkingsverantwoordelijke: {verantwoordelijke}.",
        "Functionaris gegevensbescherming: {fg}.",
        "Software: {leverancier}. Stip draait bij de gemeente; de maker ontvangt geen gegevens.",
        "Verstrekkers: zie de bronnen bij punt 3.",
    )
    writer.open(FG, "Is er een verwerker, zoals een leverancier die de server beheert? Waar ligt de overeenkomst?")
    writer.ask("6. Belangen bij de verwerking")
    writer.say(texts.interests)
    writer.ask("7. Verwerkingslocaties")
    writer.open("de beheerder", "Op welke server staat de werkmap, in welk land, en waar liggen de sleutels en de "
                "reservekopieën?")  # fmt: skip
    writer.ask("8. Technieken en methoden")
    writer.say(
        "Stip gebruikt {versie}. De manier van vooruitkijken heet ‘{model}’; ernaast staat altijd ‘{telling}’."
    )
    writer.points(*(literal(line) for line in facts.formula))
    writer.say(
        "Er wordt geleerd van {leerweken} weken, en opnieuw na {opnieuw_leren}. Kenmerken van de omgeving: "
        "{omgeving}. Cijfers over inkomen, werk of opleiding {inkomen_en_werk}.",
        "Er is geen besluit over een persoon. Er is dus geen automatisch besluit, en geen profiel van een persoon.",
    )
    writer.ask("9. Juridisch en beleidsmatig kader")
    writer.say(texts.lawful_basis)
    if card.lawful_basis_links:
        writer.points(*(literal(f"{each.title}: {each.link}") for each in card.lawful_basis_links))
    writer.open(LAWYER, "Welke eigen regels van de gemeente gelden, zoals een verordening of een convenant met de "
                "politie?")  # fmt: skip
    writer.ask("10. Bewaartermijnen")
    writer.say(
        "Meldingen: {bewaartermijn}, geteld vanaf het begin van het voorval. Daarna worden zij vernietigd; alleen "
        "het aantal dat is vernietigd, blijft bekend.",
        "Andere bronnen: zie de tabel bij punt 3. Uitkomsten en plannen gaan over vakken en blijven nu staan, zodat "
        "later is na te gaan waarop iets rustte; een termijn is er niet. Een opmerking van een teamlid (ten hoogste "
        "140 tekens) wordt na 8 weken vernietigd. Hoe lang berichten van inwoners en het logboek blijven, staat in "
        f"het register van verwerkingen. {WAITING}",
        "Er wordt geleerd van {leerweken} weken.",
    )
    writer.open(FG, "Waarom blijven meldingen zo lang, en niet zo lang als ervan wordt geleerd? Kan het korter?")
    writer.open(FG, "Hoe lang moeten uitkomsten, plannen, signalen en besluiten blijven?")


def _lawful(writer: Writer, card: Card, facts: Facts, remarks: tuple[Remark, ...]) -> None:
    writer.part("B. Beoordeling van de rechtmatigheid")
    writer.ask("11. Rechtsgrond")
    for source in facts.sources:
        if source.holds_incidents:
            writer.say(literal(f"{source.agreement.title}: {source.agreement.legal_basis}"))
    writer.open(LAWYER, "Bevestig de rechtsgrond per bron. Mag elke bron voor elk doel worden gebruikt?")
    writer.ask("12. Bijzondere persoonsgegevens")
    writer.say(
        "Herkomst, nationaliteit, geloof en gezondheid worden geweigerd, ook als afgeleide. Gegevens over strafbare "
        "feiten zijn er wel, maar zonder personen: een melding zegt dat iets is gebeurd, niet wie het deed."
    )
    writer.open(LAWYER, "Vallen meldingen zonder personen onder artikel 10 AVG of onder de Wet politiegegevens?")
    writer.ask("13. Doelbinding")
    writer.say(
        "In elke afspraak staat voor welke doelen een bron mag worden gebruikt. De software weigert elk ander "
        "gebruik, ook van wat al is ingelezen. De afspraak over meldingen loopt tot en met {afspraak_tot}."
    )
    for what, named in _gathered(remarks).items():
        writer.open(FG, f"{', '.join(named)}: {what}")
    writer.ask("14. Noodzaak en evenredigheid")
    writer.say(card.texts.proportionality, card.texts.alternatives)
    record_points(writer, facts)
    writer.open(FG, "Weegt wat het oplevert op tegen de inbreuk, gezien deze cijfers?")
    writer.ask("15. Rechten van betrokkenen")
    writer.say(
        "Stip kent geen personen. Een verzoek om inzage of wissen kan daarom niet op naam worden uitgevoerd. Een "
        "inwoner kan op de openbare site vragen stellen, bezwaar maken of een fout melden."
    )
    writer.open(FG, "Hoe behandelt de gemeente een verzoek over een melding die iemand zelf kan aanwijzen?")


def _gathered(remarks: tuple[Remark, ...]) -> dict[str, list[str]]:
    """Return each thing that is not in order, with the agreements it is said of."""
    found: dict[str, list[str]] = {}
    for remark in remarks:
        if remark.weight is not Weight.GOOD:
            found.setdefault(remark.what, []).append(remark.source or "Alle bronnen")
    return found


def _risks(writer: Writer, card: Card) -> None:
    writer.part("C. Risico's")
    writer.ask("16. Risico's voor betrokkenen")
    writer.say(card.texts.risks)
    writer.table(
        {"Wat kan er misgaan": 5, "Voor wie": 3, "Kans en ernst": 2},
        *((each.what, each.whom, "nog te wegen") for each in RISKS),
    )
    writer.open(FG, "Weeg van elk risico de kans en de ernst: laag, midden of hoog. Ontbreekt er een risico?")


def _measures(writer: Writer, facts: Facts) -> None:
    writer.part("D. Maatregelen")
    writer.ask("17. Maatregelen")
    writer.table({"Risico": 2, "Wat de software doet": 3}, *((each.what, each.done) for each in RISKS))
    for pause in facts.pauses or ("Toen deze opzet werd gemaakt, stond niets op pauze.",):
        writer.say(literal(pause))
    writer.open(FG, "Welke maatregelen neemt de gemeente zelf, zoals scholing en toezicht op het gebruik?")
    writer.open(BOARD, "Wordt wat overblijft aan risico aanvaard? Is overleg vooraf met de Autoriteit "
                "Persoonsgegevens nodig?")  # fmt: skip
