# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the open data."""

from django.urls import include, path

from stip_web.opendata import views

app_name = "opendata"
urlpatterns = [
    path("", views.page, name="page"),
    path("/catalogus.jsonld", views.catalogue, {"form": "json-ld"}, name="catalogue-jsonld"),
    path("/catalogus.ttl", views.catalogue, {"form": "turtle"}, name="catalogue-turtle"),
    path("/ogc", include("stip_web.opendata.ogc.urls")),
    path("/<str:name>", views.download, name="file"),
]
