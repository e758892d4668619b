# SPDX-License-Identifier: EUPL-1.2
"""Every address of the public process."""

from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="public:home")),
    path("openbaar/", RedirectView.as_view(pattern_name="public:home")),  # as people type it
    path("openbaar/gegevens", include("stip_web.opendata.urls")),
    path("openbaar", include("stip_web.public.urls")),
]

handler400 = "stip_web.public.errors.bad_request"
handler403 = "stip_web.public.errors.permission_denied"
handler404 = "stip_web.public.errors.page_not_found"
handler500 = "stip_web.public.errors.server_error"
