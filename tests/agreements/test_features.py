# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stip.agreements import check_features
from stip.errors import AgreementError

ORIGIN = """
herkomst herkomstland migratieachtergrond met_migratieachtergrond nationaliteit nationaliteiten etniciteit
etnische_groep geboorteland geboorteland_ouders allochtonen pct_allochtoon autochtoon westers niet-westers
percentageNietWesters religie religieus geloof geloofsgemeenschap moskeeën kerken afkomst vluchtelingen
statushouders origin ethnicity ethnic_group race religion nationality country_of_birth CountryOfBirth
foreign-born minority mosque P_WEST_AL P_N_W_AL P_MAROKKO P_TURKIJE P_SURINAM P_ANT_ARU P_OVER_NW p_west_al
a_w_all a_nw_all a_marok a_antaru a_suri a_tur a_ov_nw p_wal2011 P_NWAL2014 p_nl_achtg p_we_mig_a p_nw_mig_a
a_nl_all a_eur_al a_neu_al a_geb_nl a_geb_eu WestersTotaal_17 NietWestersTotaal_18 Marokko_19
NederlandseAntillenEnAruba_20 Suriname_21 Turkije_22 percentage_westerse_migratieachtergrond
percentage_geb_nederland_herkomst_nederland geboren_buiten_nederland percentage_met_herkomstland_buiten_europa
percentage_uit_marokko perc_geb_in_nl_met_herkomstland_in_europa_ex_nl
percentageOverigeNietwestersemigratieachtergrond pct_origin_nl n_non_western n_western Wht14P Blk14 Hisp14P
AS14P EP_MINRTY WHT50PCT African-American
Nederland_17 EuropaExclusiefNederland_18 EuropaExclNederland BuitenEuropa_19 buiten_europa GeborenInNederland_20
GeborenInEuropaExclusiefNederland_21 GeborenBuitenEuropa_22 niet_in_nederland_geboren in_nederland_geboren a_geb_ne
eerste_generatie tweede_generatie tweedeGeneratie oosters oosterse_kerk joods tempel tempels moedertaal taal_thuis
thuistaal ontheemden nieuwkomers azc azc_bewoners citizenship halal halalslager buitenland buitenlandse_studenten
percentage_geboren_in_nederland_herkomst_nederland percentage_geboren_buiten_nederland_herkomst_buiten_europa
"""

MEANS = """
inkomen gemiddeld_inkomen_per_inwoner HuishoudInkomen uitkeringen bijstand a_soz_wb werkloosheid armoede WOZ
WOZ2014 g_woz woz-waarde gemiddelde_woningwaarde laagopgeleid opleidingsniveau median_income PerCInc14 poverty
Unemp14 Pov14 ses sociaal-economische_status PERCENT_HOUSEHOLDS_BELOW_POVERTY PER_CAPITA_INCOME g_wozbag
a_opl_lg a_inkont g_ink_pi a_bijstand a_ww av_inc_rec p_hh_110 HARDSHIP_INDEX schuldhulp
"""

ALLOWED = """
lampposts lichtmasten street_lights bomen boomsoort containers gras grasveld terras racefietsenstalling
vermogen_w dwellings woningen huurwoning corporatie eigendom bouwjaar afstand_station bushaltes horeca
coffeeshops scholen education Dist2School BldgDen origineel_bouwjaar wal walkant noordwest nw_hoek Westerkade
westersingel warm_white LED cyclists speed_ms aantal_inwoners aantal_huishoudens oppervlakte stedelijkheid
omgevingsadressendichtheid P_AUTO2011 brandmelder telefooncel kentekencamera openingstijden object category
oost oostkade oosterpark buitenruimte binnenstad tempelierstraat taalgebruik generator gemeente_nederland
"""


@pytest.mark.parametrize("name", ORIGIN.split())
@pytest.mark.parametrize("allow", [False, True])
def test_origin_is_always_refused(name: str, allow: bool) -> None:
    with pytest.raises(AgreementError, match="herkomst, nationaliteit, etniciteit of geloof"):
        check_features(["lampposts", name], allow_socio_economic=allow)


@pytest.mark.parametrize("name", MEANS.split())
def test_means_are_refused_unless_allowed(name: str) -> None:
    with pytest.raises(AgreementError, match="allow_socio_economic"):
        check_features([name])
    check_features([name], allow_socio_economic=True)


@pytest.mark.parametrize("name", ALLOWED.split())
def test_places_and_things_are_allowed(name: str) -> None:
    check_features([name])


@given(
    st.sampled_from(["herkomst", "nationaliteit", "etniciteit", "geboorteland", "migratieachtergrond", "religie"]),
    st.sampled_from([str.lower, str.upper, str.title, lambda text: f"{text}en", lambda text: f"aantal_{text}"]),
    st.sampled_from(["", "_", "-", " ", "%", "2024_", "pct "]),
    st.booleans(),
)
def test_ways_of_writing_do_not_help(word: str, write: object, before: str, accents: bool) -> None:
    name = f"{before}{write(word)}"  # type: ignore[operator]
    if accents:
        name = name.replace("e", "é").replace("i", "ï")
    with pytest.raises(AgreementError):
        check_features([name])


def test_persons_are_refused() -> None:
    for name in ("aantal_verdachten", "Slachtoffers", "BSN", "telefoonnummer", "victim_age"):
        with pytest.raises(AgreementError, match="personen"):
            check_features([name])


@pytest.mark.real
def test_real_columns_of_cbs_are_told_apart(real_data: Path) -> None:
    names = pq.read_schema(real_data / "groningen" / "context" / "cbs_buurt_2017.parquet").names
    refused = {name for name in names if is_refused(name)}
    assert refused == {"P_WEST_AL", "P_N_W_AL", "P_MAROKKO", "P_ANT_ARU", "P_SURINAM", "P_TURKIJE", "P_OVER_NW"}
    squares = pq.read_schema(real_data / "groningen" / "context" / "cbs_grid100m_2014.parquet").names
    refused = {name.rstrip("0123456789") for name in squares if is_refused(name)}
    assert refused == {"P_WAL", "P_NWAL"} | {name.rstrip("0123456789") for name in squares if "WOZ" in name}


def is_refused(name: str) -> bool:
    try:
        check_features([name])
    except AgreementError:
        return True
    return False
