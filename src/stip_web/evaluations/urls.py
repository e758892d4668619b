# SPDX-License-Identifier: EUPL-1.2
"""Addresses of this app; its weeks and forms are written as those of the outlooks, which registers them."""

from django.urls import path

from stip_web.evaluations.views import course, people, weeks

app_name = "evaluations"
urlpatterns = [
    path("", weeks.page, name="weeks"),
    path(".<form:form>", weeks.twin_of, name="weeks_twin"),
    path("/afwijkingen", people.page, name="people"),
    path("/afwijkingen.<form:form>", people.twin_of, name="people_twin"),
    path("/besluit", course.page, name="course"),
    path("/besluit.<form:form>", course.twin_of, name="course_twin"),
    path("/<week:week>", weeks.one, name="week"),
    path("/<week:week>.<form:form>", weeks.one_twin, name="week_twin"),
]
