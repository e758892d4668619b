# SPDX-License-Identifier: EUPL-1.2
"""Addresses of this app."""

from django.urls import path

from stip_web.intakes import views

app_name = "intakes"
urlpatterns = [
    path("", views.board, name="board"),
]
