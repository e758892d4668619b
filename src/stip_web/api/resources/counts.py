# SPDX-License-Identifier: EUPL-1.2
"""How many incidents there were, by the same filter as the incidents themselves."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from stip.explore import OUTSIDE, By, names_of
from stip_web.answers.problems import bad_query
from stip_web.api.incidents.filtering import When, Where
from stip_web.api.incidents.search import LOOKS, Found, find
from stip_web.api.incidents.shown import UNKNOWN_HOUR, WEEKDAYS
from stip_web.api.operation import operation
from stip_web.api.parameters import Parameters
from stip_web.api.resources.incidents import LeftOut
from stip_web.api.schemas import Body

router = Router(tags=["incidents"])
WHOLE_WEEKS_APART = "U ziet hele weken: per dag en uur is daar niets van te tellen. Kies ‘week’, ‘type’ of ‘area’."
_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


class GroupBy(StrEnum):
    """What to count apart."""

    TYPE, WEEK, AREA = "type", "week", "area"
    HOUR_WEEKDAY = "hour-weekday"


class Grouping(Parameters):
    """What to count apart."""

    group_by: GroupBy = Field(description="What to count apart; hour-weekday is refused when coarse.")


class Count(Body):
    """How many incidents there are in one group."""

    key: str | None = Field(description="Crime type, week, area code, or weekday; null outside the areas.")
    label: str = Field(description="In Dutch.")
    hour: int | None = Field(ge=0, le=23, description="Only by hour and weekday; null when not known.")
    count: int


class Counts(Body):
    """Counts that add up to `numberMatched`; each incident counts whole, by the middle of its window."""

    group_by: GroupBy
    number_matched: int
    precision: Literal["fine", "coarse"]
    left_out: LeftOut
    counts: list[Count]


@operation(
    router, "/incidents/counts", permission=LOOKS, reads="kaart", returns=Counts,
    summary="How many incidents, by type, week, area or hour and weekday",
)  # fmt: skip
def count_incidents(
    request: HttpRequest, grouping: Query[Grouping], when: Query[When], where: Query[Where]
) -> dict[str, Any]:
    """Count the incidents that the same filter gives at `/incidents`."""
    found = find(request, when, where)
    if grouping.group_by is GroupBy.HOUR_WEEKDAY and found.facts["precision"] == "coarse":
        raise bad_query("groupBy", "whole_weeks", WHOLE_WEEKS_APART)
    return {
        "groupBy": grouping.group_by,
        "numberMatched": len(found.table),
        "counts": _counted(found, grouping.group_by),
        **found.facts,
    }


def _counted(found: Found, group_by: GroupBy) -> list[dict[str, Any]]:
    table, settings = found.table, found.workspace.settings
    if group_by is GroupBy.HOUR_WEEKDAY:
        hours = table.value_counts(["weekday", "hour"]).sort_index().reset_index().to_numpy().tolist()
        return [
            {
                "key": WEEKDAYS[weekday],
                "label": _hour_in_words(weekday, hour),
                "hour": None if hour == UNKNOWN_HOUR else hour,
                "count": count,
            }
            for weekday, hour, count in hours
        ]
    column = {GroupBy.TYPE: "crime_type", GroupBy.WEEK: "week", GroupBy.AREA: "area_code"}[group_by]
    keys = table[column].astype("object").fillna(OUTSIDE)
    sizes = keys.groupby(keys).size()
    labels = list(sizes.index)
    if group_by is GroupBy.AREA:
        labels = names_of(sizes.index, By.AREA, found.areas)
    elif group_by is GroupBy.TYPE:
        labels = [settings.crime_types[key].label if key in settings.crime_types else key for key in labels]
    return [
        {"key": None if key == OUTSIDE else key, "label": label, "hour": None, "count": count}
        for key, label, count in zip(sizes.index, labels, sizes.tolist(), strict=True)
    ]


def _hour_in_words(weekday: int, hour: int) -> str:
    return f"{_DAYS[weekday]}, uur onbekend" if hour == UNKNOWN_HOUR else f"{_DAYS[weekday]} {hour}–{hour + 1} uur"
