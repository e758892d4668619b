# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the desk's own pages."""

from django.urls import path

from stip_web.desk import health, views

urlpatterns = [
    path("", views.home, name="home"),
    path("privacy", views.privacy, name="privacy"),
    path("toegankelijkheid", views.accessibility, name="accessibility"),
    path("thema.css", views.theme, name="theme"),
    path("gezondheid", health.alive, name="alive"),
    path("gezondheid/klaar", health.ready, name="ready"),
    path("gezondheid/schijf", health.room, name="room"),
    path("gezondheid/taken", health.jobs, name="jobs_in_time"),
]
