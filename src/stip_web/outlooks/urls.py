# SPDX-License-Identifier: EUPL-1.2
"""Addresses of this app."""

from django.urls import path

from stip_web.outlooks import views

app_name = "outlooks"
urlpatterns = [
    path("", views.latest, name="latest"),
]
