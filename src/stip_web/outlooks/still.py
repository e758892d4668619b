# SPDX-License-Identifier: EUPL-1.2
"""The map as a drawing from the server: for a browser without scripts, for paper, and as what stands there at first.

A class shows by the size of its square as well as by its colour, so a grey print and a colour-blind eye read the
same; cells with too little data are hatched.
"""

from __future__ import annotations

from django.template.loader import render_to_string

from stip.store import Workspace
from stip_web.outlooks.changes import Change
from stip_web.outlooks.ground import ground, outline_of, path_of
from stip_web.outlooks.sheet import Sheet

COLOURS = {5: "#08306b", 4: "#2171b5", 3: "#6baed6", 2: "#a9c9e6"}
"""One scale, light for little: classes 2 … 5. What is ordinary has no colour."""

SIZES = {5: 1.0, 4: 0.84, 3: 0.68, 2: 0.52}
"""Side of the square as a share of the cell."""

STEP_COLOURS = {2: "#08306b", 1: "#6baed6", -1: "#6baed6", -2: "#08306b"}
"""Of the difference: less is drawn hollow, with the same two colours."""


def still(workspace: Workspace, sheet: Sheet, marks: dict[str, list[Change]]) -> str:
    """Give the drawing as SVG; one unit is a metre, north is up."""
    below = ground(workspace)
    west, south, east, north = below.bounds
    margin = max(east - west, north - south) // 60
    side = workspace.grid.cell_m
    return render_to_string(
        "outlooks/still.svg",
        {
            "box": f"{west - margin} {-north - margin} {east - west + 2 * margin} {north - south + 2 * margin}",
            "areas": [outline_of(shapes) for _, _, _, shapes in below.areas],
            "names": [(name, x, -y) for name, x, y, _ in below.areas],
            "water": outline_of(below.water),
            "roads": "".join(path_of(line) for line in below.roads),
            "letter": max(east - west, north - south) // 75,
            "hatch": max(12, side // 6),
            "colours": COLOURS,
            "squares": list(_squares(workspace, sheet)),
            "marks": list(_marks(workspace, marks)),
            "side": side,
        },
    )


def _squares(workspace: Workspace, sheet: Sheet) -> list[dict[str, object]]:
    side = workspace.grid.cell_m
    rows = sheet.squares
    rows = rows[(rows["step"] != 0) if sheet.choice.difference else (rows["class"] > 1)]
    x, y = workspace.grid.corner(rows["cell"].to_numpy("int64"))
    found = []
    columns = (rows[name].tolist() for name in ("class", "step", "thin"))
    for east, north, number, step, thin in zip(x.tolist(), y.tolist(), *columns, strict=True):
        size = side * (SIZES[number] if not sheet.choice.difference else 1.0 if abs(step) == 2 else 0.6)
        gap = (side - size) / 2
        colour = STEP_COLOURS[step] if sheet.choice.difference else COLOURS[number]
        hollow = sheet.choice.difference and step < 0
        found.append(
            {
                "x": round(east + gap),
                "y": round(-north - side + gap),
                "size": round(size),
                "fill": "none" if hollow else f"url(#h{number})" if thin and not sheet.choice.difference else colour,
                "edge": colour,
                "thin": thin or hollow,
            }
        )
    return found


def _marks(workspace: Workspace, marks: dict[str, list[Change]]) -> list[dict[str, object]]:
    side = workspace.grid.cell_m
    found = []
    for name, changes in marks.items():
        x, y = workspace.grid.corner([workspace.grid.cell_named(name)])  # type: ignore[arg-type]
        found.append({"x": int(x[0]), "y": int(-y[0] - side), "mark": changes[-1].mark})
    return found
