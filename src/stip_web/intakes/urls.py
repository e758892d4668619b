# SPDX-License-Identifier: EUPL-1.2
"""Addresses of this app."""

from django.urls import path, register_converter

from stip_web.intakes.views import agreements, board, bringing, deliveries, layers, quality, upload


class TwinConverter:
    """The end of a twin's address: ``.json`` or ``.csv``."""

    regex = r"\.(?:json|csv)"

    def to_python(self, value: str) -> str:
        """Give the form without its point."""
        return value[1:]

    def to_url(self, value: str) -> str:
        """Give the form with its point."""
        return f".{value}"


register_converter(TwinConverter, "intake_twin")

app_name = "intakes"
_UPLOAD = "/inlezen/<uuid:pk>"
urlpatterns = [
    path("", board.board, name="board"),
    path("<intake_twin:form>", board.board_twin, name="board_twin"),
    path("/bronnen/<slug:name>", board.source, name="source"),
    path("/inlezen", bringing.start, name="start"),
    path("/inlezen/bestand", bringing.bring, name="bring"),
    path(_UPLOAD, upload.upload, name="upload"),
    path(f"{_UPLOAD}/voortgang.json", upload.progress, name="progress"),
    path(f"{_UPLOAD}/geweigerd.csv", upload.refused_rows, name="refused_rows"),
    path(f"{_UPLOAD}/kolommen", upload.columns, name="columns"),
    path(f"{_UPLOAD}/bron", upload.source, name="upload_source"),
    path(f"{_UPLOAD}/publiceren", upload.publish, name="publish"),
    path(f"{_UPLOAD}/opnieuw", upload.retry, name="retry"),
    path(f"{_UPLOAD}/weggooien", upload.cancel, name="cancel"),
    path("/leveringen", deliveries.deliveries, name="deliveries"),
    path("/leveringen<intake_twin:form>", deliveries.deliveries_twin, name="deliveries_twin"),
    path("/leveringen/<slug:batch_id>", deliveries.one, name="delivery"),
    path("/leveringen/<slug:batch_id>/terugdraaien", deliveries.undo, name="undo"),
    path("/kwaliteit", quality.quality, name="quality"),
    path("/kwaliteit<intake_twin:form>", quality.quality_twin, name="quality_twin"),
    path("/afspraken", agreements.agreements, name="agreements"),
    path("/afspraken<intake_twin:form>", agreements.agreements_twin, name="agreements_twin"),
    path("/afspraken/<slug:name>", agreements.agreement, name="agreement"),
    path("/poort", agreements.gate, name="gate"),
    path("/lagen", layers.layers, name="layers"),
    path("/lagen<intake_twin:form>", layers.layers_twin, name="layers_twin"),
]
