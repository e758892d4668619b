# SPDX-License-Identifier: EUPL-1.2
"""What makes a web page an app: its manifest and its service worker. They tell nothing about anybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from stip_web.accounts.door import everybody
from stip_web.street import shell


@everybody
@require_safe
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """Give the service worker; it may answer for the pages of Straat and for no other."""
    answer = HttpResponse(shell.worker(), content_type="text/javascript; charset=utf-8")
    answer["Service-Worker-Allowed"] = reverse("street:today")
    return answer


@everybody
@require_safe
@cache_control(max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    """Give the manifest by which the phone installs it."""
    told = {
        "name": "Stip Straat",
        "short_name": "Straat",
        "lang": "nl",
        "start_url": reverse("street:today"),
        "scope": reverse("street:today"),
        "display": "standalone",
        "background_color": "#f5f7f9",
        "theme_color": "#1c4f8a",
        "icons": [
            {"src": static(f"straat-{side}.png"), "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}
            for side in (192, 512)
            for purpose in ("any", "maskable")
        ],
    }
    return JsonResponse(told, content_type="application/manifest+json")
