# SPDX-License-Identifier: EUPL-1.2
"""What is said when there is no answer, by status; a person and a program are told the same."""

SAID = {
    400: ("Dit klopt niet", "In deze vraag staat iets dat Stip niet kan lezen. Ga terug en pas het aan."),
    401: ("U bent niet ingelogd", "Log in en probeer het opnieuw."),
    403: (
        "Dit mag u niet zien",
        "Uw rol geeft geen toegang tot deze pagina. Hebt u die nodig voor uw werk? Vraag het de beheerder.",
    ),
    404: ("Deze pagina is er niet", "Het adres klopt niet, of de pagina is verplaatst. Begin bij ‘Deze week’."),
    405: ("Dit kan hier niet", "Deze pagina is alleen om te lezen."),
    413: ("Dit bestand is te groot", "Lever een kleiner bestand aan."),
    429: ("Te veel pogingen", "Wacht een paar minuten en probeer het dan opnieuw."),
    500: (
        "Er ging iets mis",
        "Dit ligt aan Stip, niet aan u. Er is niets half opgeslagen. De beheerder vindt het terug in het logboek.",
    ),
    503: ("Stip is even bezig", "Probeer het over een minuut opnieuw."),
}
"""Title and sentence of each status."""
