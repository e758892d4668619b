# SPDX-License-Identifier: EUPL-1.2
"""The map as a picture with its legend, made from the data."""

from __future__ import annotations

import io
import textwrap

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from stip import words
from stip_web.dots.exports.drawn import Legend, box_of, draw_map
from stip_web.dots.looking import Look
from stip_web.dots.words import LICENCE, count_in_words, filter_in_words, left_out, precision_in_words

_INK = "#1d252c"
_DPI = 150


def as_png(look: Look) -> bytes:
    """Return a lying A4 with map, legend, filter, date, precision and licence; also in the file's own metadata."""
    figure = Figure(figsize=(11.69, 8.27), dpi=_DPI, facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.02, 0.03, 0.66, 0.86))
    legend = draw_map(axes, look, box_of(look))
    figure.text(0.02, 0.945, title_of(look), fontsize=15, weight="bold", color=_INK)
    figure.text(0.02, 0.912, count_in_words(look), fontsize=11, color=_INK)
    _legend(figure, legend)
    told = [f"{name}: {value}" for name, value in filter_in_words(look)]
    told += [precision_in_words(look), *([f"{left_out(look)}."] if left_out(look) else []), *legend.notes]
    told += [f"Gemaakt op {words.day(look.now.date())}.", LICENCE]
    text = "\n".join(line for each in told for line in textwrap.wrap(each, 52))
    figure.text(0.70, 0.03, text, fontsize=7.5, color=_INK, va="bottom", linespacing=1.35)
    metadata = {"Software": "Stip", "Title": title_of(look), "Description": " ".join(told), "Copyright": LICENCE}
    out = io.BytesIO()
    figure.savefig(out, format="png", metadata={name: _latin(text) for name, text in metadata.items()})
    return out.getvalue()


def map_only(look: Look, wide_in: float, high_in: float) -> tuple[bytes, Legend]:
    """Return only the map, for paper, and its legend."""
    figure = Figure(figsize=(wide_in, high_in), dpi=200, facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    legend = draw_map(axes, look, box_of(look))
    out = io.BytesIO()
    figure.savefig(out, format="png", metadata={"Software": "Stip"})
    return out.getvalue(), legend


def legend_only(legend: Legend) -> bytes:
    """Return the signs of the legend as a picture, for paper."""
    rows = max(len(legend.handles), 1)
    figure = Figure(figsize=(3.4, 0.24 * rows + 0.1), dpi=200, facecolor="white")
    FigureCanvasAgg(figure)
    figure.legend(handles=legend.handles, loc="upper left", bbox_to_anchor=(0, 1), frameon=False, fontsize=9)
    out = io.BytesIO()
    figure.savefig(out, format="png", metadata={"Software": "Stip"})
    return out.getvalue()


def title_of(look: Look) -> str:
    """Return the title: the town and what is shown."""
    return f"{look.workspace.settings.town.name} · meldingen: {dict(filter_in_words(look))['Soort']}"


def _legend(figure: Figure, legend: Legend) -> None:
    if legend.handles:
        figure.legend(
            handles=legend.handles,
            loc="upper left",
            bbox_to_anchor=(0.695, 0.9),
            frameon=False,
            fontsize=9,
            title="\n".join(textwrap.wrap(legend.title, 44)),
            alignment="left",
        )


def _latin(text: str) -> str:
    return text.encode("latin-1", "replace").decode("latin-1")
