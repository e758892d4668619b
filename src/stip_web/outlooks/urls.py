# SPDX-License-Identifier: EUPL-1.2
"""Addresses of this app."""

from django.urls import path

from stip_web.outlooks.views import cells, changes, making, maps, model, record, week

app_name = "outlooks"
urlpatterns = [
    path("", week.latest, name="latest"),
    path("/trackrecord", record.page, name="record"),
    path("/trackrecord.<form:form>", record.twin_of, name="record_twin"),
    path("/model", model.page, name="model"),
    path("/model.json", model.download, name="model_twin"),
    path("/maken", making.ask, name="make"),
    path("/maken/<int:making_id>", making.progress, name="making"),
    path("/ondergrond.json", maps.ground_below, name="ground"),
    path("/<week:week>", week.page, name="week"),
    path("/<week:week>.<mapform:form>", week.twin_of, name="week_twin"),
    path("/<week:week>/lijst", cells.listed, name="cells"),
    path("/<week:week>/vak/<cell:name>", cells.one, name="cell"),
    path("/<week:week>/kaart.svg", maps.drawing, name="drawing"),
    path("/<week:week>/vakken.json", maps.squares, name="squares"),
    path("/<week:week>/wijzigingen", changes.page, name="changes"),
    path("/<week:week>/wijzigingen.<form:form>", changes.twin_of, name="changes_twin"),
    path("/<week:week>/wijzigen", changes.change, name="change"),
    path("/<week:week>/wijzigingen/<slug:decision_id>/intrekken", changes.withdraw, name="withdraw"),
]
