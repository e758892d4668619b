# SPDX-License-Identifier: EUPL-1.2
"""Addresses of this app."""

from __future__ import annotations

from django.urls import path

from stip_web.registers import views

app_name = "registers"
urlpatterns = [
    path("", views.show, name="list"),
    path("/openbaar", views.publish, name="publish"),
    path("/<slug:name>.<slug:form>", views.download, name="download"),
]
