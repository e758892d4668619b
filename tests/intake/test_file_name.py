# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from pathlib import Path

import pytest

from intake.incident_files import RECEIVED, agree, rows, save, text
from stip.errors import FileError, StipError
from stip.intake import open_table, read_incident_file, shown_name
from stip.store import Workspace, batches

ORDINARY = (
    "week 36.csv",
    "week_36_ab.csv",
    "bvh_2026-W36.csv",
    "bvh_2026_wk_36.xlsx",
    "BVH_20260907.csv",
    "bvh-export-2026-09-07.parquet",
    "bvh_export_2000_masked_semicolon.csv",
    "bvh_export_2000_masked_semicolon_cp1252.csv",
    "bvh-cp437.csv",
    "BVH cp850.csv",
    "bvh_UTF-8.csv",
    "bvh_utf16.csv",
    "bvh_latin1.csv",
    "bvh_iso8859-15.csv",
    "bvh_windows-1252.csv",
    "buurt_Dorpsstraat_en_omgeving.gpkg",
    "BVH Export Utrecht 2026.csv",
    "Meldingen_September_2026.xlsx",
    "Export 3.csv",
)
PERSONAL = (
    "aangifte piet@voorbeeld.nl.csv",
    "aangifte Karel Zwartjes.csv",
    "Karel_van_den_Berg.csv",
    "K. Zwartjes.csv",
    "mevrouw zwartjes.csv",
    "Neude 12.csv",
    "Neude_12.csv",
    "BVH_2026090712 bel 0612345678.csv",  # a case number stands before it
    "PL0600-2026123456 geb 01-02-1985.csv",
    "zaak_2026123456.csv",
    "zaak_2024_123456.csv",
    "030 2024 567.csv",
    "06_2024_2055.csv",
    "NL91 ABNA 0417 2043 00.csv",
    "geb_2021-05-03.csv",
    "Kerkstraat_12.csv",
    "Kerkstraat-12.csv",
    "1234AB_12.csv",
    "AB-12-CD.csv",
    "XP1252_cp1252.csv",
    "cp1252_0612345678.csv",
    "bvh_cp1253x_AB-12-CD.csv",
)


@pytest.mark.parametrize("name", ORDINARY)
def test_an_ordinary_name_is_shown(name: str) -> None:
    assert shown_name(Path("map") / name, "ab12") == name


@pytest.mark.parametrize("name", PERSONAL)
def test_a_name_with_any_kind_of_personal_data_is_not(name: str) -> None:
    assert shown_name(Path("map") / name, "ab12") == "bestand-ab12.csv"
    assert shown_name(Path("map") / name) == "bestand.csv"


def test_a_suffix_is_only_shown_when_it_is_one() -> None:
    assert shown_name(Path("jan.0612345678")) == "bestand"


def test_signs_that_steer_a_terminal_are_not_shown(tmp_path: Path) -> None:
    name = "we\x1b]0;x\x07ek\n\x9b2J\u202e\udcff.csv"
    assert shown_name(Path(name)) == "we?]0;x?ek??2J??.csv"
    with pytest.raises(FileError) as stopped:
        open_table(tmp_path / "map\x1b[2J" / name)
    assert str(stopped.value).startswith(f"{tmp_path}/map?[2J/we?]0;x?ek??2J??.csv bestaat niet")


def test_nothing_keeps_or_tells_such_a_name(workspace: Workspace, tmp_path: Path) -> None:
    agree(workspace)
    name = "bvh_2026090712 bel 0612345678.csv"
    path = save(tmp_path / name, text(rows(20)))
    report = read_incident_file(workspace, path, "proef", received_at=RECEIVED)
    (manifest,) = batches(workspace)
    assert report.file == manifest["file"] == f"bestand-{manifest['file_id']}.csv"
    kept = [file.read_bytes() for file in workspace.root.rglob("*") if file.is_file()]
    assert not any(b"0612345678" in content for content in kept)
    for content in ("", "<a>", "\0\1\2\3", "niets;te\nlezen;1\n", 'a;"b\n', "PK\3\4kapot", "PAR1kapot"):
        with pytest.raises(StipError) as stopped:
            read_incident_file(workspace, save(path, content), "proef", received_at=RECEIVED)
        assert "0612345678" not in str(stopped.value)
    path.unlink()
    with pytest.raises(StipError, match=r"^bestand\.csv bestaat niet"):
        read_incident_file(workspace, path, "proef", received_at=RECEIVED)
