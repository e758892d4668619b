# SPDX-License-Identifier: EUPL-1.2
"""Addresses of this app."""

from django.urls import path

from stip_web.reactions.views import detail, lists

app_name = "reactions"
urlpatterns = [
    path("", lists.page, name="list"),
    path(".<slug:form>", lists.twin_of, name="list_twin"),
    path("/<str:number>", detail.page, name="detail"),
    path("/<str:number>/stap", detail.step, name="step"),
]
