# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the public pages."""

from django.urls import path

from stip_web.public.views import texts

app_name = "public"
urlpatterns = [
    path("", texts.home, name="home"),
    path("/gezondheid", texts.alive, name="alive"),
]
