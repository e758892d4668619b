# SPDX-License-Identifier: EUPL-1.2
"""Whoever plants a number in a text, in any of the ways it is written, must be caught; ordinary texts must not."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from stip.agreements import find_personal

DIGITS = "0123456789"
CONSONANTS = "BDFGHJKLNPRSTVXZ"
AROUND = st.sampled_from(["", "fiets weg; ", "Zie ", "(", "melding: ", "é ", "bij de brug, "])
BEHIND = st.sampled_from(["", ".", " gezien", ")", ", graag terug", " ë"])


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text(DIGITS, min_size=count, max_size=count)


def letters(count: int) -> st.SearchStrategy[str]:
    return st.text(CONSONANTS, min_size=count, max_size=count)


def kind_of(text: str) -> str | None:
    found = find_personal(pd.Series([text])).iloc[0]
    return None if pd.isna(found) else str(found)


def embed(draw: st.DrawFn, planted: str) -> str:
    return draw(AROUND) + planted + draw(BEHIND)


@st.composite
def bsns(draw: st.DrawFn) -> str:
    first = draw(digits(8))
    rest = sum(int(digit) * weight for digit, weight in zip(first, range(9, 1, -1), strict=True)) % 11
    assume(rest < 10 and int(first) > 0)
    return f"{first}{rest}"


@st.composite
def written_bsns(draw: st.DrawFn) -> str:
    number = draw(bsns())
    word = draw(st.sampled_from(["BSN ", "bsn: ", "Burgerservicenummer ", "sofinr ", "BSN-nummer is "]))
    forms = [
        embed(draw, number),
        embed(draw, f"{word}{number[:4]}.{number[4:6]}.{number[6:]}"),
        embed(draw, f"{word}{number[:3]} {number[3:6]} {number[6:]}"),
        embed(draw, f"{word}{number[:3]}-{number[3:6]}-{number[6:]}"),
        embed(draw, f"{number[:4]} {number[4:6]} {number[6:]} ({word.strip(' :')})"),
        f"{number[:3]} {number[3:6]} {number[6:]}",
    ]
    if number.startswith("0") and number[1] != "0":
        forms.append(embed(draw, word + number[1:]))
    return draw(st.sampled_from(forms))


@st.composite
def written_ibans(draw: st.DrawFn) -> str:
    country, bank = draw(st.sampled_from([("NL", "ABNA"), ("NL", "RABO"), ("DE", "10000000"), ("BE", "")]))
    account = {"NL": draw(digits(10)), "DE": draw(digits(10)), "BE": draw(digits(10))}[country]
    if country == "BE":  # ends in its own check digits
        account += f"{int(account) % 97 or 97:02d}"
    bban = bank + account
    spelled = "".join(str(int(sign, 36)) for sign in f"{bban}{country}00")
    number = f"{country}{98 - int(spelled) % 97:02d}{bban}"
    groups = [number[start : start + 4] for start in range(0, len(number), 4)]
    form = draw(st.sampled_from(["", " ", "-", ".", "  ".strip()])).join(groups)
    return embed(draw, draw(st.sampled_from([form, form.lower()])))


@st.composite
def written_emails(draw: st.DrawFn) -> str:
    name = draw(st.sampled_from(["jan", "j.de-vries", "k_bakker+fiets", "o'neil", "jörg", "piet99"]))
    at = draw(st.sampled_from(["@", " @ ", "(at)", " (at) ", "[at]", " apenstaartje "]))
    host = draw(st.sampled_from(["gmail.com", "mail.gemeente.nl", "xs4all.nl", "voorbeeld.amsterdam", "x.co"]))
    dot = draw(st.sampled_from([".", ".", " punt ", "(dot)"]))
    return embed(draw, f"{name}{at}{host.replace('.', dot)}")


@st.composite
def written_phones(draw: st.DrawFn) -> str:
    tail = draw(digits(8))
    mobile = f"{draw(st.sampled_from('123458'))}{tail[1:]}"
    area, local = draw(st.sampled_from([("030", 7), ("020", 7), ("050", 7), ("0318", 6), ("0578", 6)]))
    rest = draw(st.sampled_from("123456789")) + draw(digits(local - 1))
    pairs = " ".join(mobile[start : start + 2] for start in range(0, 8, 2))
    return embed(
        draw,
        draw(
            st.sampled_from(
                [
                    f"06{mobile}",
                    f"06-{mobile}",
                    f"06 - {pairs}",
                    f"06 {pairs}",
                    f"06.{pairs.replace(' ', '.')}",
                    f"06/{mobile}",
                    f"(06) {mobile}",
                    f"+316{mobile}",
                    f"+31 6 {pairs}",
                    f"+31(0)6-{mobile}",
                    f"0031 6 {mobile}",
                    f"{area}{rest}",
                    f"{area}-{rest}",
                    f"({area}) {rest[:3]} {rest[3:]}",
                    f"{area} {rest[:3]} {rest[3:5]} {rest[5:]}".strip(),
                    f"+31 {area[1:]} {rest}",
                    f"+49 151 {tail}",
                    f"+32 4{tail}",
                    f"tel {rest}",
                    f"bel: {rest[:3]} {rest[3:]}",
                ]
            )
        ),
    )


SERIES = (
    *("LL-99-99", "99-99-LL", "99-LL-99", "LL-99-LL", "LL-LL-99", "99-LL-LL", "99-LLL-9"),
    *("9-LLL-99", "LL-999-L", "L-999-LL", "LLL-99-L", "L-99-LLL", "9-LL-999", "999-LL-9"),
)
ORDINARY = {"GR", "NR", "ST", "DD", "PK", "VS", "PV", "KG", "LTR"}  # fit a plate; left alone without dashes


@st.composite
def written_plates(draw: st.DrawFn) -> str:
    series = draw(st.sampled_from(SERIES))
    groups = [draw(letters(len(group)) if group[0] == "L" else digits(len(group))) for group in series.split("-")]
    plate = "-".join(groups)
    forms = [plate, plate.lower(), plate.replace("-", ".")]
    if ORDINARY.isdisjoint(groups):
        forms += [plate.replace("-", " "), plate.lower().replace("-", " ")]
    if not ORDINARY.isdisjoint(groups):
        forms.append("kenteken " + plate.replace("-", ""))
    elif series != "99-99-LL":  # without dashes that is a postcode
        forms += [plate.replace("-", ""), plate.lower().replace("-", "")]
    else:
        forms.append("kenteken " + plate.replace("-", ""))
    return embed(draw, draw(st.sampled_from(forms)))


@st.composite
def written_postcodes(draw: st.DrawFn) -> str:
    digits4 = draw(st.sampled_from("123456789")) + draw(digits(3))
    pair = draw(letters(2))
    assume(pair not in {"SA", "SD", "SS"} and pair not in ORDINARY and pair != "JR")
    gap = draw(st.sampled_from(["", " "]))
    postcode = draw(st.sampled_from([f"{digits4}{gap}{pair}", f"{digits4}{gap}{pair.lower()}"]))
    house = str(draw(st.integers(1, 9999)))
    addition = draw(st.sampled_from(["", "a", "-2", " bis", "-II"]))
    return embed(
        draw,
        draw(
            st.sampled_from(
                [
                    f"{postcode} {house}{addition}",
                    f"{postcode}, {house}{addition}",
                    f"{postcode} nr. {house}{addition}",
                    f"{postcode} huisnummer {house}",
                    f"{postcode} Utrecht, huisnummer {house}",
                    f"{postcode}/{house}",
                    f"{house}{addition}, {postcode}",
                    f"{house}{addition} {postcode} Utrecht",
                    f"Dorpsstraat {house}{addition}, {postcode} Groningen",
                ]
            )
        ),
    )


@st.composite
def written_birth_dates(draw: st.DrawFn) -> str:
    day, month, year = draw(st.integers(1, 28)), draw(st.integers(1, 12)), draw(st.integers(1920, 2020))
    names = ("januari", "feb", "mrt", "april", "mei", "juni", "juli", "aug.", "sept", "oktober", "nov.", "december")
    word = draw(
        st.sampled_from(["geb. ", "geboren ", "geboren op ", "Geboortedatum: ", "geb.datum ", "geb. d.d. ", "DOB: "])
    )
    date = draw(
        st.sampled_from(
            [
                f"{day:02d}-{month:02d}-{year}",
                f"{day}-{month}-{year}",
                f"{day}/{month}/{year % 100:02d}",
                f"{day:02d}.{month:02d}.{year}",
                f"{year}-{month:02d}-{day:02d}",
                f"{day} {names[month - 1]} {year}",
                f"{day:02d}{month:02d}{year}",
                f"{year}{month:02d}{day:02d}",
            ]
        )
    )
    return embed(draw, draw(st.sampled_from([word + date, f"{word}te Utrecht, {date}", f"{date} (geb.)"])))


@st.composite
def written_case_numbers(draw: st.DrawFn) -> str:
    unit, year, rest = draw(digits(2)), draw(st.integers(2005, 2030)), draw(digits(6))
    return embed(
        draw,
        draw(
            st.sampled_from(
                [
                    f"PL{unit}00-{year}{rest}",
                    f"pl{unit}00 {year}{rest}-1",
                    f"PL{unit}RC {year}{rest}",
                    f"PL{unit}00_BVH_{year}{rest}",
                    f"PL{unit}00{year}{rest}",
                    f"BVH {year}{rest}",
                    f"BVH-nummer: {year}{rest}",
                    f"pv nr {year}-{rest}",
                    f"proces-verbaal {year}{rest}",
                    f"mutatienummer {year}{rest}",
                    f"parketnummer 16/{rest}-20",
                ]
            )
        ),
    )


@given(written_bsns())
def test_a_citizen_number_is_found(text: str) -> None:
    assert kind_of(text) == "burgerservicenummer"


@given(written_ibans())
def test_a_bank_account_is_found(text: str) -> None:
    assert kind_of(text) is not None


@given(written_emails())
def test_an_email_address_is_found(text: str) -> None:
    assert kind_of(text) == "e-mailadres"


@given(written_phones())
def test_a_phone_number_is_found(text: str) -> None:
    assert kind_of(text) is not None


@given(written_plates())
def test_a_licence_plate_is_found(text: str) -> None:
    assert kind_of(text) is not None


@given(written_postcodes())
def test_a_postcode_with_house_number_is_found(text: str) -> None:
    assert kind_of(text) is not None


@given(written_birth_dates())
def test_a_birth_date_is_found(text: str) -> None:
    assert kind_of(text) is not None


@given(written_case_numbers())
def test_a_case_number_is_found(text: str) -> None:
    assert kind_of(text) is not None


@given(
    st.one_of(written_bsns(), written_phones(), written_plates(), written_emails(), written_case_numbers()),
    st.sampled_from(["wide", "nbsp", "zero-width", "dash", "newline"]),
)
def test_odd_characters_hide_nothing(text: str, trick: str) -> None:
    odd = {
        "wide": text.translate({ord(digit): ord(digit) - 0x30 + 0xFF10 for digit in DIGITS}),
        "nbsp": text.replace(" ", "\u00a0"),
        "zero-width": "\u200b".join(text),
        "dash": text.replace("-", "\u2011"),
        "newline": text.replace(" ", "\n"),
    }[trick]
    assert kind_of(odd) is not None


@pytest.mark.parametrize(
    "text", ["Dorpsstraat 12", "gezien bij Oude Gracht 114a", "Stationsplein 9, zij-ingang", "Churchilllaan nr 3"]
)
def test_a_street_with_a_house_number_is_found(text: str) -> None:
    assert kind_of(text) == "adres"


HARMLESS = """
Openbare weg/water|Erf/Tuin/Balkon|Woning|Fietsenstalling station|Lichtmast defect sinds 3 weken|A72|1.2.3|C40
week 2026-W37|2026-09-07 14:30|07-09-2026 14:30|06-12-2017 12:30:00|06-12-2017 12.30 uur|maandag 7 september 2026
RD 234010 581960|X 136125 Y 455875|E136125N455875|52.0912345678, 5.1201234567|5,1201 oost|EPSG:28992|BU03440101
WK034401|GM0344|vak van 125 bij 125 m|12 tot 14 uur|van 10 tot 9|op 12 en 13 mei|3 van 12 fietsen|in 2017 en 2018
2017 en 12 andere|5-mei-17|1-jan-18|12 okt 7|hoogte 8,5 m|lamp 36W LED 3000K|SON-T 70|mastlengte 6 m|nr. 14
0,125 km2|1.284 meldingen|12.500 woningen|95 % interval 0,2 tot 1,4|50 km per uur|30 km-zone|tram 12|buslijn 7
groep van 4 personen, donker|Poort open, slot stuk|Graffiti op het viaduct|Vaker langs na 22:00 uur
Type: ondergronds|bouwjaar 1984|1930-1945|Eik, Quercus robur|boom 12345|G0344.0a1b2c3d4e5f60718293a4b5c6d7e8f9
3f2504e0-4f89-41d3-9a0c-0305e82c3301|0344010000012345|0014010011067299|versie 1.2.10|ISO 8601|NEN 3610|artikel 16
Wpg 16 lid 1 onder c|AVG artikel 6|2 agenten en 1 handhaver|geb. C, ingang noord|Gebouw 12|hal 4|perron 5b|spoor 11
kruising met de N230|A12 afrit 17|fietspad langs de Vecht|winkelcentrum Overvecht|wijk 03, buurt 7|11,4 graden
licht bewolkt, 14 graden|'s nachts bewolkt|geheim|-99997|null|onbekend|n.v.t.|ja|nee|J|N|Diefstal fiets
Diefstal/inbraak woning|Vernieling cq. zaakbeschadiging|3 keer in 14 dagen|om de 2 weken|1e verdieping|2x per week
corporatie|particulier|gemeente|kantoorfunctie|woonfunctie, winkelfunctie|hoekwoning|480 m2|€ 1.250|10.000 inwoners
""".replace("\n", "|").split("|")


@pytest.mark.parametrize("text", [text for text in HARMLESS if text.strip()])
def test_ordinary_texts_are_left_alone(text: str) -> None:
    assert kind_of(text) is None


def test_answer_is_aligned_and_missing_stays_missing() -> None:
    text = pd.Series(["fiets", None, "a@b.nl", "", "a@b.nl"], index=[9, 4, 7, 1, 0], name="soort")
    before = text.copy()
    found = find_personal(text)
    assert found.index.tolist() == [9, 4, 7, 1, 0]
    assert found.name == "soort"
    assert found.dropna().to_dict() == {7: "e-mailadres", 0: "e-mailadres"}
    pd.testing.assert_series_equal(text, before)
    assert find_personal(pd.Series([], dtype="string")).empty


@given(st.lists(st.text(max_size=40), max_size=20))
def test_any_text_gets_an_answer(texts: list[str]) -> None:
    parts = [pd.Series(texts[:3], dtype="string"), pd.Series(texts[3:], dtype="string")]
    assert len(find_personal(pd.concat(parts, ignore_index=True))) == len(texts)


@pytest.mark.real
def test_real_words_of_incidents_and_layers_are_left_alone(real_data: Path) -> None:
    folder = real_data / "groningen"
    export = pd.read_csv(
        folder / "raw" / "bvh_export_2000_masked_semicolon_cp1252.csv", sep=";", encoding="cp1252", dtype=str
    )
    columns = [export[name] for name in ("Incidentsoort code", "Incidentsoort", "Object", "Weer", "Pleegbuurt")]
    lights = pq.read_table(folder / "context" / "street_lights.parquet").to_pandas()
    columns += [lights[name] for name in ("soort", "lamptype", "buurt_naam")]
    horeca = pq.read_table(folder / "context" / "horeca_osm.parquet").to_pandas()
    columns += [horeca["horecatype"], horeca["objecttype"]]
    for column in columns:
        assert find_personal(column.astype("string")).dropna().empty, column.name
    assert find_personal(export["Incident Identificatie"]).notna().all()
