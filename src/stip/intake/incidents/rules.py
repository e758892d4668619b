# SPDX-License-Identifier: EUPL-1.2
"""What can be the matter with a row of incidents, and what is done about it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from stip.intake.accounts.account import Account
from stip.intake.accounts.rule import Rule

RAGGED = Rule(
    "ragged",
    "ander aantal cellen dan de kopregel",
    "Kijk of er in een tekst een scheidingsteken staat, of dat het bestand is afgebroken.",
)
HEADER_AGAIN = Rule(
    "header_again",
    "kopregel staat er nog eens",
    "Dit is geen melding; er hoeft niets te gebeuren.",
    counts=False,
)
OTHER_TYPE = Rule(
    "other_type",
    "andere soort melding",
    "Deze soort staat niet in stip.toml. Hoort hij erbij, zet de code dan bij een soort.",
    counts=False,
)
NO_CODE = Rule(
    "no_code",
    "geen soort ingevuld",
    "Vraag de bron de soort in te vullen.",
)
UNKNOWN_CODE = Rule(
    "unknown_code",
    "soort niet te herkennen",
    "De code lijkt op een bekende of is geen code. Kijk de spelling na, of zet haar in stip.toml.",
)
PERSONAL_DATA = Rule(
    "personal_data",
    "persoonsgegeven in een kolom die binnenkomt",
    "Vraag de bron dit weg te halen; de waarde is nergens bewaard.",
)
NO_ID = Rule(
    "no_id",
    "geen nummer van de melding",
    "Zonder nummer is een verbetering niet te herkennen. Vraag het op.",
)
NO_BEGIN = Rule(
    "no_begin",
    "geen begin ingevuld",
    "Vraag de bron datum en tijd in te vullen.",
)
BEGIN_UNREADABLE = Rule(
    "begin_unreadable",
    "begin is geen datum",
    "Kijk hoe de datum geschreven is; leg dat zo nodig vast met date_format in de afspraak.",
)
IN_FUTURE = Rule(
    "in_future",
    "begin ligt na de ontvangst van het bestand",
    "Waarschijnlijk is het jaar of de maand verkeerd.",
)
NO_PLACE = Rule(
    "no_place",
    "geen plek ingevuld",
    "Zonder plek komt een melding niet op de kaart. Vraag de coördinaten op.",
)
AT_ORIGIN = Rule(
    "at_origin",
    "plek op het nulpunt van het stelsel",
    "Dit is een niet ingevulde plek. Vraag de coördinaten op.",
)
OUTSIDE = Rule(
    "outside",
    "plek buiten de gemeente",
    "Hoort de melding hier niet, dan is dit goed. Zijn het er veel, kijk dan het coördinatenstelsel na.",
)
ADDRESS_UNKNOWN = Rule(
    "address_unknown",
    "adres niet gevonden",
    "Kijk of de adrestabel bij is, en of straat en huisnummer goed geschreven zijn.",
)
DUPLICATE = Rule(
    "duplicate",
    "dubbel: hetzelfde nummer staat verderop nog eens",
    "De laatste rij met dit nummer telt.",
)
PAST_RETENTION = Rule(
    "past_retention",
    "ouder dan de bewaartermijn van de afspraak",
    "Zo'n melding mag niet meer worden bewaard en is niet opgeslagen.",
    counts=False,
)

CODE_RESPELLED = Rule(
    "code_respelled",
    "soort anders geschreven",
    "Hoofdletters en spaties tellen niet mee.",
)
ONLY_DAY = Rule(
    "only_day",
    "alleen een dag, geen tijd",
    "De melding kan op elk moment van die dag zijn.",
)
NO_END = Rule(
    "no_end",
    "geen einde ingevuld",
    "Het einde is gelijk aan het begin, of aan het eind van die dag.",
)
END_UNREADABLE = Rule(
    "end_unreadable",
    "einde is geen datum",
    "Het einde is gelijk aan het begin.",
)
END_IN_FUTURE = Rule(
    "end_in_future",
    "einde ligt na de ontvangst",
    "Het einde is het moment van ontvangst.",
)
END_BEFORE_BEGIN = Rule(
    "end_before_begin",
    "einde ligt voor het begin",
    "Begin en einde zijn omgewisseld.",
)
REPORTED_BEFORE_END = Rule(
    "reported_before_end",
    "bekend voordat het voorbij was",
    "Het einde is het moment waarop het bekend werd.",
)
REPORTED_BEFORE_BEGIN = Rule(
    "reported_before_begin",
    "bekend voordat het begon",
    "Het telt als bekend vanaf het begin.",
)
REPORTED_IN_FUTURE = Rule(
    "reported_in_future",
    "bekend na de ontvangst",
    "Het telt als bekend bij de ontvangst.",
)
REPORTED_UNREADABLE = Rule(
    "reported_unreadable",
    "moment van bekend worden is geen datum",
    "Het telt als bekend na de wachttijd uit de afspraak.",
)
WINDOW_CUT = Rule(
    "window_cut",
    "tijdvak te lang",
    "Alleen de laatste uren tellen (window_cap_hours in stip.toml).",
)
CLOCK_SKIPPED = Rule(
    "clock_skipped",
    "tijd die niet bestaat (klok een uur vooruit)",
    "Het eerste moment daarna is genomen.",
)
CLOCK_TWICE = Rule(
    "clock_twice",
    "tijd die twee keer voorkomt (klok een uur terug)",
    "De eerste van de twee is genomen.",
)
AXES_SWAPPED = Rule(
    "axes_swapped",
    "x en y verwisseld",
    "Ze zijn teruggewisseld.",
)
DECIMAL_MIXED = Rule(
    "decimal_mixed",
    "komma en punt door elkaar in de coördinaten",
    "Beide zijn als decimaalteken gelezen.",
)
PLACE_OF_ADDRESS = Rule(
    "place_of_address",
    "geen punt, wel een adres",
    "De plek is van het adres; het adres is niet bewaard.",
)

REFUSED: tuple[Rule, ...] = (
    RAGGED,
    HEADER_AGAIN,
    OTHER_TYPE,
    NO_CODE,
    UNKNOWN_CODE,
    PERSONAL_DATA,
    NO_ID,
    NO_BEGIN,
    BEGIN_UNREADABLE,
    IN_FUTURE,
    NO_PLACE,
    AT_ORIGIN,
    OUTSIDE,
    ADDRESS_UNKNOWN,
    DUPLICATE,
    PAST_RETENTION,
)
"""Why a row is refused; a row is refused by the first rule that fits."""

REPAIRED: tuple[Rule, ...] = (
    CODE_RESPELLED,
    ONLY_DAY,
    NO_END,
    END_UNREADABLE,
    END_IN_FUTURE,
    END_BEFORE_BEGIN,
    REPORTED_BEFORE_END,
    REPORTED_BEFORE_BEGIN,
    REPORTED_IN_FUTURE,
    REPORTED_UNREADABLE,
    WINDOW_CUT,
    CLOCK_SKIPPED,
    CLOCK_TWICE,
    AXES_SWAPPED,
    DECIMAL_MIXED,
    PLACE_OF_ADDRESS,
)
"""What is repaired; a row may have several."""


def account_of(rows: npt.NDArray[np.int64]) -> Account:
    """Return an account of rows of incidents that accepts them all, to be marked."""
    return Account(len(rows), numbers=rows, refusals=REFUSED, repairs=REPAIRED)


def all_refused(rows: npt.NDArray[np.int64], rule: Rule) -> Account:
    """Return an account of rows that one rule refuses."""
    account = account_of(rows)
    account.refuse(np.ones(len(rows), dtype=bool), rule)
    return account
