# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the public pages."""

from django.urls import path

from stip_web.public.views import area, reacting, record, texts

app_name = "public"
urlpatterns = [
    path("", texts.home, name="home"),
    path("/mijn-buurt", area.page, name="area"),
    path("/zo-werkt-het", texts.how, name="how"),
    path("/cijfers", record.page, name="record"),
    path("/cijfers.csv", record.table, name="record_table"),
    path("/privacy", texts.privacy, name="privacy"),
    path("/algoritme", texts.algorithm, name="algorithm"),
    path("/algoritme/<str:name>", texts.algorithm_file, name="algorithm_file"),
    path("/toegankelijkheid", texts.accessibility, name="accessibility"),
    path("/en", texts.english, name="english"),
    path("/reageer", reacting.page, name="react"),
    path("/reageer/ontvangen", reacting.received, name="received"),
    path("/gezondheid", texts.alive, name="alive"),
]
