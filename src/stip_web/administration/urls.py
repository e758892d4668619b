# SPDX-License-Identifier: EUPL-1.2
"""Addresses of this app."""

from django.urls import path

from stip_web.administration import views

app_name = "administration"
urlpatterns = [
    path("", views.index, name="index"),
    path("/mijn-inzage", views.own_log, name="own_log"),
]
