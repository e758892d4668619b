# SPDX-License-Identifier: EUPL-1.2
"""Addresses of this app."""

from django.urls import path

from stip_web.signals.views import deciding, lists, raising, reports

app_name = "signals"
urlpatterns = [
    path("", lists.page, name="list"),
    path(".<slug:form>", lists.twin_of, name="list_twin"),
    path("/zoeken", raising.find, name="find"),
    path("/melden", raising.raise_one, name="raise"),
    path("/regels", reports.rules, name="rules"),
    path("/verslag", reports.page, name="report"),
    path("/verslag.<slug:form>", reports.twin_of, name="report_twin"),
    path("/<slug:signal_id>", deciding.page, name="signal"),
    path("/<slug:signal_id>/besluit", deciding.answer, name="answer"),
    path("/<slug:signal_id>/versturen", deciding.send, name="send"),
    path("/<slug:signal_id>/verstuurd", deciding.sent, name="sent"),
    path("/<slug:signal_id>/antwoord", deciding.taken_on, name="taken_on"),
]
