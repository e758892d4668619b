# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the service for maps."""

from django.urls import path, re_path

from stip_web.opendata.ogc import views

urlpatterns = [
    path("", views.landing, name="ogc-landing"),
    path("/", views.landing),  # a description (OpenAPI) can only say it with a slash
    path("/conformance", views.conformance, name="ogc-conformance"),
    path("/api", views.api, name="ogc-api"),
    path("/collections", views.collections, name="ogc-collections"),
    path("/collections/<str:name>", views.collection, name="ogc-collection"),
    path("/collections/<str:name>/items", views.items, name="ogc-items"),
    path("/collections/<str:name>/items/<str:feature>", views.item, name="ogc-item"),
    re_path(r"^/(?P<rest>.*)$", views.nowhere, name="ogc-nowhere"),
]
