# SPDX-License-Identifier: EUPL-1.2
"""Addresses of this app."""

from __future__ import annotations

from django.urls import path

from stip_web.administration.urls import listed
from stip_web.oversight.views import index, looking, pause, publication, questions, register, retention, rules

app_name = "oversight"
urlpatterns = [
    path("", index.show, name="index"),
    path(".<slug:form>", index.twin_of, name="index_twin"),
    path("/pauze", pause.show, name="pause"),
    path("/pauze.<slug:form>", pause.history_twin, name="pause_twin"),
    path("/pauze/stilzetten", pause.stop, name="stop"),
    path("/pauze/opheffen", pause.lift, name="lift"),
    path("/register", register.show, name="register"),
    path("/register.<slug:form>", register.twin_of, name="register_twin"),
    path("/poort", rules.show, name="rules"),
    path("/poort.<slug:form>", rules.twin_of, name="rules_twin"),
    path("/poort/<slug:batch_id>", rules.sample, name="sample"),
    path("/bewaren", retention.show, name="retention"),
    path("/bewaren.<slug:form>", retention.twin_of, name="retention_twin"),
    path("/bewaren/goedkeuren", retention.approve, name="approve_retention"),
    path("/bewaren/uitvoeren", retention.run, name="run_retention"),
    *listed("/inzage", looking.looks, "log"),
    path("/inzage/verwerkingen.json", looking.activities, name="activities"),
    *listed("/uitvoer", looking.exports, "exports"),
    path("/openbaar", publication.show, name="publication"),
    path("/openbaar/voorstellen", publication.propose, name="propose"),
    path("/openbaar/vertellen", publication.tell, name="tell"),
    path("/openbaar/<slug:quarter>", publication.one, name="figures"),
    path("/vragen", questions.show, name="questions"),
    path("/vragen.<slug:form>", questions.twin_of, name="questions_twin"),
    path("/vragen/<slug:slug>", questions.one, name="question"),
]
