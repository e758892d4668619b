# SPDX-License-Identifier: EUPL-1.2
"""What lies in ``published/register/`` for the public pages: the shapes of ``explanation.json`` and ``facts.json``.

All values are text as a reader sees it, already in Dutch and already safe to show: whoever makes a page only lays it
out. Nothing in it is a cell, a week that is still late, or a count that was not rounded.
"""

from __future__ import annotations

from typing import Literal, TypedDict

RecordKind = Literal["measured", "trial"]
"""Whether the record was measured in use, or is only what a trial on earlier weeks came to."""


class Figure(TypedDict):
    """One fact with where it comes from.

    Attributes
    ----------
    name : str
        Short name, the same as the placeholder in ``card.toml``: ``bewaartermijn``.
    label : str
        What it is called: “Bewaartermijn van de meldingen”.
    value : str
        As it is shown: “60 maanden”.
    origin : str
        Where it comes from, in words: “afspraak over de bron bvh”, “instelling plan.random_share”, “uitkomst …”.
    run : str
        Id of the frozen run it was read from; empty when it is a setting or an agreement.
    """

    name: str
    label: str
    value: str
    origin: str
    run: str


class RecordRow(TypedDict):
    """How often the outlook was right for one type, beside the count next to it: as it went out with a quarter.

    Attributes
    ----------
    label : str
        The crime type: “Fietsdiefstal”.
    weeks : str
        “12 van de 12 hele weken van het tweede kwartaal van 2026”; of a trial before use “de 12 weken tot en met week
        30 van 2026”.
    outlook, baseline, total : str
        Reports in the cells of the outlook, in as many cells of the baseline, and all; each rounded to five. Empty
        when no quarter was measured in use yet, or they may not be shown now.
    share, low, high : str
        Share of the reports in the cells of the outlook, with its 95 % interval: “63 %”. Empty as above, and with few
        reports.
    conclusion : str
        One sentence; always there.
    run : str
    """

    label: str
    weeks: str
    outlook: str
    baseline: str
    total: str
    share: str
    low: str
    high: str
    conclusion: str
    run: str


class Section(TypedDict):
    """A part of a page: a heading, paragraphs, then a list, then figures.

    Attributes
    ----------
    id : str
        Fit for an anchor: ``wat-het-niet-kan``.
    title : str
    paragraphs, points : list of str
        Plain text, no markup; either may be empty.
    figures : list of Figure
        May be empty.
    """

    id: str
    title: str
    paragraphs: list[str]
    points: list[str]
    figures: list[Figure]


class Link(TypedDict):
    """A title with an address."""

    title: str
    link: str


class Explanation(TypedDict):
    """The public explanation: ``explanation.json``.

    Attributes
    ----------
    lang : str
        Always ``nld``.
    town, organisation, contact_email, objections_url, privacy_url : str
        Of the municipality; the last two may be empty.
    made_on : str
        Day in words: “7 september 2026”.
    summary : str
        Two or three sentences, to begin a page with.
    how : list of Section
        For the page “Zo werkt het”: choosing places, people decide, what it cannot do, and so on.
    algorithm : list of Section
        For the page “Algoritme”: goal, law, data, method, risks, people, in the order of the Algoritmeregister.
    record : list of RecordRow
        One a crime type; empty when no outlook was made yet.
    record_kind : str
        ``measured`` in use, or a ``trial`` on earlier weeks. A file from before this was kept lacks it.
    record_note : str
        How to read the record: rounding and interval.
    lawful_basis_links, impact_tests : list of Link
    english : list of str
        Paragraphs in English, for a summary page.
    controller, controller_contact, privacy_officer_contact, basis : str
        For a privacy notice: who decides, how to reach it and the privacy officer, on which law it rests. What is not
        known says “nog niet ingevuld”.
    purposes, retention, recipients : list of str
        Of the reports: what for, how long each source is kept, and who receives something of it; a sentence each.
    """

    lang: str
    town: str
    organisation: str
    contact_email: str
    objections_url: str
    privacy_url: str
    made_on: str
    summary: str
    how: list[Section]
    algorithm: list[Section]
    record: list[RecordRow]
    record_kind: RecordKind
    record_note: str
    lawful_basis_links: list[Link]
    impact_tests: list[Link]
    english: list[str]
    controller: str
    controller_contact: str
    privacy_officer_contact: str
    purposes: list[str]
    basis: str
    retention: list[str]
    recipients: list[str]


class RegisterFacts(TypedDict):
    """What was written down beside the register: ``facts.json``.

    Attributes
    ----------
    made_at : str
        ISO moment.
    role : str
        Who let it out, by role.
    runs : list of str
        Ids of the runs the figures come from.
    files : dict of str to str
        SHA-256 of each file beside it.
    """

    made_at: str
    role: str
    runs: list[str]
    files: dict[str, str]
