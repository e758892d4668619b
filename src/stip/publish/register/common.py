# SPDX-License-Identifier: EUPL-1.2
"""What DPIA and IAMA share: facts by name, the table of sources, risks with their measures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from stip.publish.register.card import Card
from stip.publish.register.document import Writer, literal
from stip.publish.register.facts import Facts
from stip.publish.register.fixed import TRIED, WAITING
from stip.publish.register.named import Fact
from stip.publish.register.record import HELD
from stip.words import day

FG = "de functionaris gegevensbescherming"
LAWYER = "de jurist"
BOARD = "het bestuur"

NOTICE = (
    "Dit is een opzet, gemaakt uit de kaart van de gemeente (card.toml) en uit wat Stip weet. Zij is niet "
    "vastgesteld. Achter elk gegeven staat een nummer; achteraan staat waar het vandaan komt. Wat mensen nog "
    "moeten beantwoorden, staat er als open vraag. Bestemd voor de werkplek: er staan cijfers "
    "in die niet openbaar zijn."
)


@dataclass(frozen=True)
class Risk:
    """What can go wrong, for whom, and what is done about it in the software."""

    what: str
    whom: str
    done: str


RISKS = (
    Risk(
        "Een melding wijst naar één woning, en zo naar bewoners.",
        "slachtoffers en bewoners",
        "De plek is bekend tot op {fijnheid}. Een vak waar iemand woont, maar met minder dan {woningen_minimum} "
        "woningen, wordt buiten de werkplek van de analist samengevoegd of niet getoond.",
    ),
    Risk(
        "Gegevens over personen komen toch mee in een bestand.",
        "slachtoffers, verdachten, getuigen",
        "Een kolom die in geen afspraak staat, komt niet in de werkmap, een logboek of een bericht aan de gebruiker. "
        + WAITING,
    ),
    Risk(
        "De politie stuurt kolommen over personen mee die niet nodig zijn. Wie ze krijgt, verwerkt ze al.",
        "slachtoffers, verdachten, getuigen",
        "Bij elke levering en bij het nalezen van de afspraken staat hoeveel kolommen over personen er meekwamen. De "
        "software kan niet voorkomen dat zij worden gestuurd. Wie over de bron gaat, spreekt met de politie een "
        "bestand zonder deze kolommen af.",
    ),
    Risk(
        "De uitkomst versterkt zichzelf: waar het team komt, wordt meer gemeld.",
        "bewoners van buurten waar het team veel komt",
        "{loting} van de plekken is geloot, met de kans erbij vastgelegd. Soorten die de politie vooral zelf vindt "
        "({soorten_niet}), mogen geen doel zijn.",
    ),
    Risk(
        "Buurten waar minder wordt gemeld, krijgen te weinig aandacht.",
        "bewoners die minder melden",
        "De uitkomst wordt per wijk nagerekend. Dat toont een verschil, en lost het niet op.",
    ),
    Risk(
        "Een buurt of straat krijgt een slechte naam.",
        "bewoners en ondernemers",
        "Naar buiten gaan alleen cijfers per buurt, {weken_te_laat} na afloop, als veelvoud van {afronding}. Buurten "
        "worden niet op volgorde gezet.",
    ),
    Risk(
        "De uitkomst wordt gebruikt om mensen te controleren.",
        "wie op zo'n plek is",
        "Bij elke vooruitblik staat dat zij daarvoor geen grond is. De software kan niet zien wat mensen doen.",
    ),
    Risk(
        "Mensen volgen de computer blind, of negeren hem.",
        "bewoners en teamleden",
        "Elke afwijking krijgt een reden, en wordt net zo nagerekend als de vooruitblik zelf.",
    ),
    Risk(
        "Het systeem werkt niet, en gaat toch door.",
        "alle inwoners",
        "Naast elke uitkomst staat een gewone telling ({telling}). Elk half jaar is een besluit nodig: doorgaan, "
        "bijstellen of stoppen. De maat: {maat}.",
    ),
    Risk(
        "Medewerkers worden gevolgd of op volgorde gezet.",
        "teamleden",
        "Er worden geen routes van medewerkers bewaard en geen collega's vergeleken. In plannen en "
        "besluiten staat een rol, geen naam. Het logboek bewaart wel wie wat deed; dat leest alleen wie dat recht "
        "heeft.",
    ),
)


def begin(card: Card, facts: Facts) -> Writer:
    """Begin a document that may name every fact, those of the desk too."""
    inside = {fact.name: fact for fact in facts.exact}
    about = "card.toml"
    own = (
        Fact("organisatie", "Organisatie", card.organisation.name, f"{about}, organisation.name"),
        Fact("verantwoordelijke", "Wie verantwoordelijk is", card.organisation.controller, f"{about}, organisation"),
        Fact("fg", "Functionaris gegevensbescherming", card.organisation.privacy_officer, f"{about}, organisation"),
        Fact("leverancier", "Wie de software levert", card.algorithm.provider, f"{about}, algorithm.provider"),
        Fact("begin", "Begin van het gebruik", month_of(card.algorithm.begin_date), f"{about}, algorithm.begin_date"),
    )
    return Writer({**facts.named, **inside, **{fact.name: fact for fact in own}})


def month_of(written: str) -> str:
    """Write a month in words: 2026-09 is september 2026."""
    return day(date.fromisoformat(f"{written}-01")).removeprefix("1 ")


def sources_table(writer: Writer, facts: Facts) -> None:
    """Add the table of sources, each from its agreement."""
    rows = [
        (
            literal(source.agreement.title),
            source.kind,
            literal(", ".join(column for column in source.agreement.columns)),
            source.kept,
            f"agreements/{source.name}.toml" + (" (nu op pauze)" if source.paused else ""),
        )
        for source in facts.sources
    ]
    if rows:
        writer.table({"Bron": 3, "Wat": 3, "Kolommen die worden gelezen": 4, "Bewaard": 2, "Afspraak": 3}, *rows)
    else:
        writer.say("Er is nog geen bron in gebruik.")


def record_points(writer: Writer, facts: Facts) -> None:
    """Add the record with its true figures, each with a note to its run."""
    if facts.exact:
        writer.say(TRIED)
        writer.points(*(f"{{{fact.name}}}" for fact in facts.exact))
    elif facts.model is None:
        writer.say("Er is nog geen vooruitblik gemaakt, dus is er nog niets na te rekenen.")
    else:
        writer.say(HELD)
