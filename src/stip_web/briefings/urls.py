# SPDX-License-Identifier: EUPL-1.2
"""Addresses of this app, under those of the week plan."""

from django.urls import path

from stip_web.briefings.views import briefing

app_name = "briefings"
urlpatterns = [
    path("/briefing", briefing.latest, name="latest"),
    path("/<week:week>/briefing", briefing.page, name="page"),
    path("/<week:week>/briefing.pdf", briefing.paper, name="paper"),
]
