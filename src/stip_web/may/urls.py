# SPDX-License-Identifier: EUPL-1.2
"""Addresses of this app, under ``/toezicht/mag-dit``."""

from django.urls import path

from stip_web.may import views

app_name = "may"
urlpatterns = [
    path("", views.check, name="check"),
    path("/afspraak.toml", views.draft, name="draft"),
]
