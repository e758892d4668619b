# SPDX-License-Identifier: EUPL-1.2
"""What can be the matter with a row, and what is done about it. Each row is accepted, repaired or refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """One rule.

    Attributes
    ----------
    code : str
        Short English name, for other programs.
    what : str
        What is the matter, in Dutch, as the heading of a count of rows.
    advice : str
        What was done, or what to do, in one Dutch sentence.
    counts : bool
        Whether a row refused by it counts toward the limit of `IntakeSettings.refused_limit`.
    """

    code: str
    what: str
    advice: str
    counts: bool = True


ACCEPTED = 0

REFUSED: tuple[Rule, ...] = (
    Rule(
        "ragged",
        "ander aantal cellen dan de kopregel",
        "Kijk of er in een tekst een scheidingsteken staat, of dat het bestand is afgebroken.",
    ),
    Rule(
        "header_again", "kopregel staat er nog eens", "Dit is geen melding; er hoeft niets te gebeuren.", counts=False
    ),
    Rule(
        "other_type",
        "andere soort melding",
        "Deze soort staat niet in stip.toml. Hoort hij erbij, zet de code dan bij een soort.",
        counts=False,
    ),
    Rule("no_code", "geen soort ingevuld", "Vraag de bron de soort in te vullen."),
    Rule(
        "unknown_code",
        "soort niet te herkennen",
        "De code lijkt op een bekende of is geen code. Kijk de spelling na, of zet haar in stip.toml.",
    ),
    Rule(
        "personal_data",
        "persoonsgegeven in een kolom die binnenkomt",
        "Vraag de bron dit weg te halen; de waarde is nergens bewaard.",
    ),
    Rule("no_id", "geen nummer van de melding", "Zonder nummer is een verbetering niet te herkennen. Vraag het op."),
    Rule("no_begin", "geen begin ingevuld", "Vraag de bron datum en tijd in te vullen."),
    Rule(
        "begin_unreadable",
        "begin is geen datum",
        "Kijk hoe de datum geschreven is; leg dat zo nodig vast met date_format in de afspraak.",
    ),
    Rule(
        "in_future", "begin ligt na de ontvangst van het bestand", "Waarschijnlijk is het jaar of de maand verkeerd."
    ),
    Rule("no_place", "geen plek ingevuld", "Zonder plek komt een melding niet op de kaart. Vraag de coördinaten op."),
    Rule(
        "at_origin", "plek op het nulpunt van het stelsel", "Dit is een niet ingevulde plek. Vraag de coördinaten op."
    ),
    Rule(
        "outside",
        "plek buiten de gemeente",
        "Hoort de melding hier niet, dan is dit goed. Zijn het er veel, kijk dan het coördinatenstelsel na.",
    ),
    Rule(
        "address_unknown",
        "adres niet gevonden",
        "Kijk of de adrestabel bij is, en of straat en huisnummer goed geschreven zijn.",
    ),
    Rule(
        "duplicate",
        "dubbel: hetzelfde nummer staat verderop nog eens",
        "De laatste rij met dit nummer telt.",
    ),
    Rule(
        "past_retention",
        "ouder dan de bewaartermijn van de afspraak",
        "Zo'n melding mag niet meer worden bewaard en is niet opgeslagen.",
        counts=False,
    ),
)
"""Why a row is refused; a row is refused by the first rule that fits."""

REPAIRED: tuple[Rule, ...] = (
    Rule("code_respelled", "soort anders geschreven", "Hoofdletters en spaties tellen niet mee."),
    Rule("only_day", "alleen een dag, geen tijd", "De melding kan op elk moment van die dag zijn."),
    Rule("no_end", "geen einde ingevuld", "Het einde is gelijk aan het begin, of aan het eind van die dag."),
    Rule("end_unreadable", "einde is geen datum", "Het einde is gelijk aan het begin."),
    Rule("end_in_future", "einde ligt na de ontvangst", "Het einde is het moment van ontvangst."),
    Rule("end_before_begin", "einde ligt voor het begin", "Begin en einde zijn omgewisseld."),
    Rule("reported_before_end", "bekend voordat het voorbij was", "Het einde is het moment waarop het bekend werd."),
    Rule("reported_before_begin", "bekend voordat het begon", "Het telt als bekend vanaf het begin."),
    Rule("reported_in_future", "bekend na de ontvangst", "Het telt als bekend bij de ontvangst."),
    Rule(
        "reported_unreadable",
        "moment van bekend worden is geen datum",
        "Het telt als bekend na de wachttijd uit de afspraak.",
    ),
    Rule("window_cut", "tijdvak te lang", "Alleen de laatste uren tellen (window_cap_hours in stip.toml)."),
    Rule("clock_skipped", "tijd die niet bestaat (klok een uur vooruit)", "Het eerste moment daarna is genomen."),
    Rule("clock_twice", "tijd die twee keer voorkomt (klok een uur terug)", "De eerste van de twee is genomen."),
    Rule("axes_swapped", "x en y verwisseld", "Ze zijn teruggewisseld."),
    Rule("decimal_mixed", "komma en punt door elkaar in de coördinaten", "Beide zijn als decimaalteken gelezen."),
    Rule("place_of_address", "geen punt, wel een adres", "De plek is van het adres; het adres is niet bewaard."),
)
"""What is repaired; a row may have several."""

_REFUSED_AT = {rule.code: place for place, rule in enumerate(REFUSED, start=1)}
_REPAIRED_AT = {rule.code: place for place, rule in enumerate(REPAIRED)}


def refusal(code: str) -> int:
    """Return the number by which a row is marked as refused by a rule; 0 is not refused."""
    return _REFUSED_AT[code]


def repair_bit(code: str) -> int:
    """Return the bit that marks a row as repaired by a rule."""
    return 1 << _REPAIRED_AT[code]
