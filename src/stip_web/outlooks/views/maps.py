# SPDX-License-Identifier: EUPL-1.2
"""What the map draws from: the cells of one outlook, what lies under them, and the drawing for without scripts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from stip_web.accounts.door import needs
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.processing import reads_incidents
from stip_web.outlooks.changes import changes_of, marks_of
from stip_web.outlooks.choice import Choice
from stip_web.outlooks.ground import ground
from stip_web.outlooks.runs import outlook_of
from stip_web.outlooks.sheet import sheet_of
from stip_web.outlooks.still import still
from stip_web.workspaces.current import current_workspace


@needs(May.OUTLOOK_READ)
@require_safe
@reads_incidents("vooruitblik")
def drawing(request: HttpRequest, week: str) -> HttpResponse:
    """Draw the map on the server."""
    workspace = current_workspace()
    choice = Choice.of(request, workspace)
    sheet = sheet_of(workspace, outlook_of(workspace, week, choice.run_id), choice)
    marks = marks_of(changes_of(workspace, week))
    return HttpResponse(still(workspace, sheet, marks), content_type="image/svg+xml")


@needs(May.OUTLOOK_READ)
@require_safe
@reads_incidents("vooruitblik")
def squares(request: HttpRequest, week: str) -> JsonResponse:
    """Give the cells for the map, column by column: corner in metres, class, step, whether hatched or hidden."""
    workspace = current_workspace()
    choice = Choice.of(request, workspace)
    sheet = sheet_of(workspace, outlook_of(workspace, week, choice.run_id), choice)
    rows = sheet.squares
    x, y = workspace.grid.corner(rows["cell"].to_numpy("int64"))
    marks = {name: each[-1].mark for name, each in marks_of(changes_of(workspace, week)).items()}
    return JsonResponse(
        {
            "side": workspace.grid.cell_m,
            "crs": workspace.grid.crs,
            "difference": sheet.choice.difference,
            "name": rows["name"].tolist(),
            "x": x.astype(int).tolist(),
            "y": y.astype(int).tolist(),
            "class": rows["class"].tolist(),
            "step": rows["step"].tolist(),
            "thin": rows["thin"].astype(int).tolist(),
            "marks": marks,
        }
    )


@needs(May.OUTLOOK_READ)
@require_safe
@cache_control(private=True, max_age=600)
def ground_below(request: HttpRequest) -> JsonResponse:
    """Give what lies under the map."""
    below = ground(current_workspace())
    return JsonResponse({"bounds": below.bounds, "areas": below.areas, "water": below.water, "roads": below.roads})
