# SPDX-License-Identifier: EUPL-1.2
"""Whatever stands in a TOML file, reading it ends in settings or in a sentence that names the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stip.agreements import Agreement
from stip.errors import SettingsError
from stip.settings import Frozen, Settings, Town, write_toml
from stip.settings.load import read_toml

CANARY = "KANARIE-0612345678"
HARD = {
    "nested": b"a = " + b"[" * 100_000,
    "tables": b"a = " + b"{b = " * 5_000,
    "dotted": b"a" + b".a" * 3_000 + b" = 1",
    "headed": b"[" + b"a." * 4_000 + b"a]",
    "a number without end": b"a = " + b"9" * 6_000,
    "no text": b"\xff\xfe\x00",
    "an impossible day": b"a = 9999-99-99",
    "no number": b"[town]\nname = nan",
}
GOOD = write_toml(Settings(town=Town(name="Proefstad")))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def read(content: bytes, path: Path, model: type[Frozen]) -> None:
    path.write_bytes(content)
    try:
        read_toml(path, model)
    except SettingsError as refusal:
        assert path.name in str(refusal)
        assert str(refusal).endswith(".")


@pytest.mark.parametrize("model", [Settings, Agreement])
@pytest.mark.parametrize("what", HARD)
def test_what_the_reader_of_toml_falls_over(what: str, model: type[Frozen], tmp_path: Path) -> None:
    (tmp_path / "stip.toml").write_bytes(HARD[what])
    with pytest.raises(SettingsError, match="stip.toml"):
        read_toml(tmp_path / "stip.toml", model)


@pytest.mark.parametrize("model", [Settings, Agreement])
@given(content=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text(content: bytes, model: type[Frozen], tmp_path: Path) -> None:
    read(content, tmp_path / "stip.toml", model)


@given(place=st.integers(0, len(GOOD)), extra=st.text(max_size=12), cut=st.integers(0, 30))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_good_settings_that_were_damaged(place: int, extra: str, cut: int, tmp_path: Path) -> None:
    read((GOOD[:place] + extra + GOOD[place + cut :]).encode(), tmp_path / "stip.toml", Settings)


@pytest.mark.parametrize("model", [Settings, Agreement])
@given(data=st.data())
@settings(max_examples=60)
def test_any_values_under_known_names(data: st.DataObject, model: type[Frozen]) -> None:
    from stip.settings.load import checked

    names = st.sampled_from(sorted(model.model_fields)) | st.text(max_size=8)
    try:
        checked(data.draw(st.dictionaries(names, values, max_size=5)), model, "stip.toml")
    except SettingsError as refusal:
        assert "stip.toml" in str(refusal)
