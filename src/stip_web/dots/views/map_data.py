# SPDX-License-Identifier: EUPL-1.2
"""What the map in the browser fetches: the dots, the neighbourhoods and the layers; packed once, told by a tag."""

from __future__ import annotations

import gzip

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from stip.store import layer_names
from stip_web.accounts.door import needs
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.processing import reads_incidents
from stip_web.dots.layers import Packed, areas_geojson, layer_geojson, layer_of
from stip_web.dots.looking import look
from stip_web.dots.message import MEDIA_TYPE, message_of
from stip_web.workspaces.current import current_workspace

_GEOJSON = "application/geo+json"


@needs(May.DOTS_FINE, May.DOTS_COARSE)
@require_safe
@reads_incidents("kaart")
def dots(request: HttpRequest) -> HttpResponse:
    """Give every dot that this person may see, whatever the filter."""
    asked = look(request)
    message = message_of(asked)
    answer = _answer(request, message.tag, message.packed, MEDIA_TYPE)
    if asked.fine:  # a shared PC keeps no own places after logging out
        answer["Cache-Control"] = "private, no-store"
    return answer


@needs(May.DOTS_FINE, May.DOTS_COARSE)
@require_safe
def areas(request: HttpRequest) -> HttpResponse:
    """Give the neighbourhoods."""
    return _geojson(request, areas_geojson(current_workspace()))


@needs(May.DOTS_FINE, May.DOTS_COARSE)
@require_safe
def layer(request: HttpRequest, layer: str) -> HttpResponse:
    """Give a context layer, when its agreement lets it be on the map."""
    workspace = current_workspace()
    if layer not in layer_names(workspace):
        raise Http404
    layer_of(workspace, layer)  # refuses one whose source is on hold
    return _geojson(request, layer_geojson(workspace, layer))


def _geojson(request: HttpRequest, packed: Packed) -> HttpResponse:
    return _answer(request, packed.tag, packed.packed, _GEOJSON)


def _answer(request: HttpRequest, tag: str, packed: bytes, kind: str) -> HttpResponse:
    """Answer packed to who reads gzip, and with 304 to who has it already."""
    etag = f'"{tag}"'
    known = get_conditional_response(request, etag=etag)
    takes = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = known or HttpResponse(packed if takes else gzip.decompress(packed), content_type=kind)
    if known is None and takes:
        answer["Content-Encoding"] = "gzip"
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"  # kept, but asked each time whether it still holds and may be seen
    patch_vary_headers(answer, ("Accept-Encoding", "Cookie"))
    return answer
