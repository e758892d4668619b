# SPDX-License-Identifier: EUPL-1.2
"""What a visit is for."""

import pytest

from stip.plan.kinds import VisitKind, suggest_kind


@pytest.mark.parametrize(
    ("reasons", "dwellings", "kind"),
    [
        (("Binnen 40 m staan 2 lantaarns.",), 60, VisitKind.LIGHT),
        (("De helft van de lampen is uit.",), 0, VisitKind.LIGHT),
        (("Er staan 3 containers.",), 60, VisitKind.WASTE),
        (("4 meldingen in acht weken.",), 60, VisitKind.TALK),
        (("4 meldingen in acht weken.",), 0, VisitKind.LOOK),
        ((), None, VisitKind.LOOK),
    ],
)
def test_the_reasons_suggest_the_kind(reasons, dwellings, kind):
    assert suggest_kind(reasons, dwellings) is kind


def test_nobody_is_talked_to_at_night():
    assert suggest_kind((), 60, ("vr–zo 0–4 uur",)) is VisitKind.LOOK
    assert suggest_kind((), 60, ("do–za 20–24 uur", "vr–zo 0–4 uur")) is VisitKind.LOOK
    assert suggest_kind((), 60, ("do–za 20–24 uur", "vr–zo 16–20 uur")) is VisitKind.TALK


def test_enforcing_comes_last_and_every_kind_has_a_dutch_name():
    assert list(VisitKind)[-1] is VisitKind.ENFORCE
    assert [kind.label for kind in VisitKind] == ["kijken", "praten", "licht", "afval", "herstel", "handhaven"]


def test_each_kind_says_what_to_do_and_none_sends_somebody_to_enforce():
    assert len({kind.to_do for kind in VisitKind}) == len(VisitKind)
    assert "zelf ziet" in VisitKind.ENFORCE.to_do
