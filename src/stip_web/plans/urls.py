# SPDX-License-Identifier: EUPL-1.2
"""Addresses of this app."""

from django.urls import path

from stip_web.plans.views import lists, place, week

app_name = "plans"
urlpatterns = [
    path("", week.latest, name="latest"),
    path("/<week:week>", week.page, name="week"),
    path("/<week:week>.<form:form>", lists.twin_of, name="twin"),
    path("/<week:week>.ics", lists.calendar, name="calendar"),
    path("/<week:week>/uren", week.hours, name="hours"),
    path("/<week:week>/voorstel", week.propose, name="propose"),
    path("/<week:week>/rest", week.rest, name="rest"),
    path("/<week:week>/eigen", place.own, name="own"),
    path("/<week:week>/plek/<slug:place_id>", place.page, name="place"),
    path("/<week:week>/vaststellen", week.fix, name="fix"),
    path("/<week:week>/afsluiten", week.close, name="close"),
    path("/<week:week>/opnieuw", week.again, name="again"),
    path("/<week:week>/versies", lists.versions, name="versions"),
    path("/<week:week>/terugkoppeling", lists.feedback, name="feedback"),
]
