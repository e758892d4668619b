# SPDX-License-Identifier: EUPL-1.2
"""Addresses of this app."""

from django.urls import path

from stip_web.street.views import app, data, pages, sending, stuck

app_name = "street"
urlpatterns = [
    path("", pages.today, name="today"),
    path("/plek", pages.blank, name="blank"),
    path("/plek/<str:place_id>", pages.place, name="place"),
    path("/kaart", pages.chart, name="map"),
    path("/wachtrij", pages.queue, name="queue"),
    path("/gegevens.json", data.week, name="data"),
    path("/inzending", sending.receive, name="receive"),
    path("/niet-verwerkt", stuck.page, name="stuck"),
    path("/sw.js", app.worker, name="worker"),
    path("/app.webmanifest", app.manifest, name="manifest"),
]
