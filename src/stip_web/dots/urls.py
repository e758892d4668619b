# SPDX-License-Identifier: EUPL-1.2
"""Addresses of this app."""

from django.urls import path

from stip_web.dots import views

app_name = "dots"
urlpatterns = [
    path("", views.map, name="map"),
    path("/weergaven", views.views, name="views"),
]
