# SPDX-License-Identifier: EUPL-1.2
"""Addresses of this app: Kaart, links to saved views, and a page for each area."""

from django.urls import path

from stip_web.dots.views import areas, comparing, exporting, map_data, pages, places, saved

app_name = "dots"
urlpatterns = [
    path("kaart", pages.show_map, name="map"),
    path("kaart/lijst", pages.show_list, name="list"),
    path("kaart/lijst.json", pages.list_json, name="list-json"),
    path("kaart/lijst.<slug:form>", exporting.list_file, name="list-file"),
    path("kaart/grafiek", pages.show_chart, name="chart"),
    path("kaart/grafiek.<slug:form>", pages.chart_twin, name="chart-twin"),
    path("kaart/herkomst", pages.show_provenance, name="provenance"),
    path("kaart/vergelijk", comparing.compare, name="compare"),
    path("kaart/vergelijk.<slug:form>", comparing.compare_twin, name="compare-twin"),
    path("kaart/plek", places.place, name="place"),
    path("kaart/plek.json", places.place_json, name="place-json"),
    path("kaart/stippen.bin", map_data.dots, name="message"),
    path("kaart/gebieden.geojson", map_data.areas, name="areas"),
    path("kaart/lagen/<slug:layer>.geojson", map_data.layer, name="layer"),
    path("kaart/uitvoer", exporting.choose, name="exports"),
    path("kaart/uitvoer.<slug:form>", exporting.export, name="export"),
    path("kaart/weergaven", saved.views, name="views"),
    path("kaart/weergaven/nieuw", saved.new, name="view-new"),
    path("kaart/weergaven/<slug:code>/naam", saved.rename, name="view-rename"),
    path("kaart/weergaven/<slug:code>/weg", saved.delete, name="view-delete"),
    path("w/<slug:code>", saved.open, name="view"),
    path("gebied/<slug:code>", areas.area, name="area"),
]
