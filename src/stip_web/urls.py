# SPDX-License-Identifier: EUPL-1.2
"""Every address of the site. Each app has its own list; errors are answered by the desk."""

from django.urls import include, path

urlpatterns = [
    path("", include("stip_web.desk.urls")),
    path("", include("stip_web.dots.urls")),
    path("vooruitblik", include("stip_web.outlooks.urls")),
    path("weekplan", include("stip_web.plans.urls")),
    path("weekplan", include("stip_web.briefings.urls")),
    path("signalen", include("stip_web.signals.urls")),
    path("evaluatie", include("stip_web.evaluations.urls")),
    path("gegevens", include("stip_web.intakes.urls")),
    path("straat", include("stip_web.street.urls")),
    path("toezicht", include("stip_web.oversight.urls")),
    path("toezicht/mag-dit", include("stip_web.may.urls")),
    path("toezicht/berichten", include("stip_web.reactions.urls")),
    path("toezicht/registers", include("stip_web.registers.urls")),
    path("beheer", include("stip_web.administration.urls")),
    path("api/v1", include("stip_web.api.urls")),
    path("account/sleutels", include("stip_web.administration.own_urls")),
    path("account/", include("stip_web.accounts.urls")),
]

handler400 = "stip_web.desk.errors.bad_request"
handler403 = "stip_web.desk.errors.permission_denied"
handler429 = "stip_web.desk.errors.too_many_requests"
handler404 = "stip_web.desk.errors.page_not_found"
handler500 = "stip_web.desk.errors.server_error"
