# SPDX-License-Identifier: EUPL-1.2
"""Which context may never be tied to places: names of origin, nationality, ethnicity and religion, and their proxies."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from stip.errors import AgreementError

_ORIGIN_PARTS = (  # anywhere in the name, after spaces and signs are taken out
    *(
        "herkomst migratie migrant nationalit etnici etnisch ethnic allochto autochto geboorteland landvangeboorte".split()
    ),
    *(
        "nietwesters westersal westersemig westerstotaal marokk turkije turks surinam antill aruba vluchteling".split()
    ),
    *("asielzoek statushouder buitenlander vreemdeling religi geloof moskee mosque synagog gebedshuis islam".split()),
    *("moslim muslim joodse jewish christen hindoe katholiek protestant kerkelijk levensbeschouw".split()),
    *("nationality countryofbirth birthcountry migration immigrant refugee asylum foreignborn foreigner".split()),
    *("huidskleur skincolo afkomst racial minority minrty hispanic latino migrachtergr nlachtergrond".split()),
)
_ORIGIN_WORDS = frozenset(  # only as a word of its own
    "origin origins race races ras westers westerse nw wal nwal wht blk hisp black white asian kerk kerken church "
    "churches faith caste tribe nwa".split()
)
_ORIGIN_PATTERNS = re.compile(
    r"(?:^|_)(?:p|a|aantal|percentage|perc)_(?:w(?:est)?_al\w*|n_?w_al\w*|over_nw|ov_nw|ant_?aru\w*|marok\w*|surin?\w*|tur\w*"
    r"|(?:we|nw|nl)_mig\w*|nl_ach\w*|eur_al|neu_al|nl_all|geb_\w+)(?:_|$)"
    r"|(?:^|_)(?:wal|nwal|wht|blk|hisp|whit|asia?n?|as|ai|nhp)[0-9]*p?[0-9]*p?(?:_|$)"
    r"|geb_?(?:nl|nld|nederland|buiten)|hkm_"
)
_MEANS_PARTS = (
    *(
        "inkomen income uitkering bijstand werkloos unemploy werkzoek armoede poverty schuld koopkracht vermogen".split()
    ),
    *(
        "sociaaleconomisch socioeconomic opleiding education huurtoeslag toeslag minima bestaansminimum hardship".split()
    ),
    *("arbeidsparticipatie participatie welvaart laagopgeleid wwuit aouit abwuit percapita wozwaarde".split()),
)
_MEANS_WORDS = frozenset("woz ses benefit benefits welfare ink inkomens pci pov unemp nohs hsgrad".split())


def check_features(names: Iterable[str], *, allow_socio_economic: bool = False) -> None:
    """Refuse context whose name says that it is about origin, nationality, ethnicity or religion.

    Parameters
    ----------
    names : iterable of str
        Names of a layer, its columns and its categories.
    allow_socio_economic : bool
        Whether income, benefits, house values and the like may be used.

    Raises
    ------
    AgreementError
        Names the first name that is refused.
    """
    for name in names:
        if names_origin(name):
            raise AgreementError(
                f"‘{name}’ gaat over herkomst, nationaliteit, etniciteit of geloof, of staat daar dicht bij. "
                "Dat wordt nooit gebruikt. Haal het uit de laag of uit stip.toml."
            )
        if not allow_socio_economic and names_means(name):
            raise AgreementError(
                f"‘{name}’ gaat over inkomen, werk of opleiding van bewoners. Dat staat standaard uit. "
                "Haal het weg, of spreek het af met de privacy officer en zet link.allow_socio_economic aan in stip.toml."
            )


def names_origin(name: str) -> bool:
    """Tell whether a name is about origin, nationality, ethnicity or religion."""
    words = _words(name)
    joined = "".join(words)
    return (
        any(part in joined for part in _ORIGIN_PARTS)
        or not _ORIGIN_WORDS.isdisjoint(words)
        or _ORIGIN_PATTERNS.search("_".join(words)) is not None
    )


def names_means(name: str) -> bool:
    """Tell whether a name is about the means of the people who live somewhere."""
    words = [re.sub(r"[0-9]+p?$", "", word) for word in _words(name)]
    joined = "".join(words)
    return any(part in joined for part in _MEANS_PARTS) or not _MEANS_WORDS.isdisjoint(words)


def _words(name: str) -> list[str]:
    """Split a name in lower-case words without accents: ``GeboortelandÓuders`` → ``geboorteland``, ``ouders``."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", plain)
    return [word for word in re.split(r"[^a-z0-9]+", parted.casefold()) if word]
