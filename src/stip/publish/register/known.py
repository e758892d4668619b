# SPDX-License-Identifier: EUPL-1.2
"""The facts that settings and agreements hold, each with a name and said in Dutch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stip.outlook import layer_in_words, model_label
from stip.publish.periods import LEAST_WEEKS_LATE
from stip.publish.register.named import Fact
from stip.publish.register.sources import Source
from stip.publish.rounding import BASE
from stip.settings import Measure, Reporting, Settings
from stip.words import number


def setting_facts(settings: Settings) -> Iterator[Fact]:
    """Return what ``stip.toml`` tells."""
    for name, label, text, key in _told(settings):
        yield Fact(name, label, text, f"instelling {key}" if key else "de regels van Stip")


def _told(settings: Settings) -> Iterator[tuple[str, str, str, str]]:
    town, outlook, plan, learn = settings.town, settings.outlook, settings.plan, settings.learn
    types = settings.crime_types
    police = [_small(kind.label) for kind in types.values() if kind.reporting is Reporting.POLICE]
    yield "gemeente", "Gemeente", town.name, "town.name"
    yield (
        "soorten",
        "Soorten meldingen",
        _listed(_small(types[each].label) for each in outlook.targets),
        "outlook.targets",
    )
    yield (
        "soorten_niet",
        "Soorten die zijn uitgesloten, omdat de politie ze vooral zelf vindt",
        _listed(police) or "geen",
        "crime_types",
    )
    yield "vak_meter", "Zijde van een vak", f"{number(town.cell_m)} meter", "town.cell_m"
    yield "model", "Manier van vooruitkijken", model_label(outlook.model), "outlook.model"
    yield "telling", "De gewone telling ernaast", model_label(outlook.baseline), "outlook.baseline"
    yield "leerweken", "Weken waarvan wordt geleerd", number(outlook.training_weeks), "outlook.training_weeks"
    yield "opnieuw_leren", "Opnieuw geleerd na", f"{outlook.refit_weeks} weken", "outlook.refit_weeks"
    yield "omgeving", "Kenmerken van de omgeving", _layers(settings), "link.features"
    yield (
        "inkomen_en_werk",
        "Cijfers over inkomen, werk of opleiding",
        "mogen worden gebruikt" if settings.link.allow_socio_economic else "worden niet gebruikt",
        "link.allow_socio_economic",
    )
    yield (
        "loting",
        "Deel van de plekken dat door loting wordt gekozen",
        _share(plan.random_share),
        "plan.random_share",
    )
    yield "uren", "Uren van het team in een week", number(plan.hours), "plan.hours"
    yield "plekken", "Plekken in een weekplan, ten hoogste", number(plan.max_places), "plan.max_places"
    yield "bezoeken", "Bezoeken aan één plek in een week, ten hoogste", number(plan.max_visits), "plan.max_visits"
    yield (
        "woningen_minimum",
        "Woningen die een vak met bewoners ten minste telt om te worden getoond",
        number(settings.dwellings.minimum),
        "dwellings.minimum",
    )
    yield "definitief_na", "Een week is definitief na", f"{learn.final_after_weeks} weken", "learn.final_after_weeks"
    yield "doel", "Doel", learn.goal or "nog niet ingevuld", "learn.goal"
    yield "succes", "Wanneer het een succes is", learn.success or "nog niet ingevuld", "learn.success"
    yield "maat", "De maat die Stip narekent", _measure(learn.measure), "learn.measure"
    yield "weken_te_laat", "Cijfers gaan naar buiten na", f"{LEAST_WEEKS_LATE} weken", ""
    yield "afronding", "Openbare cijfers zijn een veelvoud van", number(BASE), ""


def agreed_facts(sources: Iterable[Source]) -> Iterator[Fact]:
    """Return what the agreements tell."""
    used = list(sources)
    reports = [source for source in used if source.holds_incidents]
    named = _listed(source.agreement.title for source in used) or "nog geen"
    yield Fact("bronnen", "Bronnen", named, _agreements(used))
    kept = _each([(source, source.kept) for source in reports])
    yield Fact("bewaartermijn", "Bewaartermijn van de meldingen", kept, _agreements(reports))
    fine = _each([(source, f"{number(source.agreement.precision_m)} meter") for source in reports])
    yield Fact("fijnheid", "Zo fijn is de plek van een melding bekend", fine, _agreements(reports))
    delay = _each([(source, f"{source.agreement.valid_until:%d-%m-%Y}") for source in reports])
    yield Fact("afspraak_tot", "De afspraak over meldingen loopt tot en met", delay, _agreements(reports))


def _agreements(sources: Iterable[Source]) -> str:
    names = [source.name for source in sources]
    return f"afspraak over {_listed(names)}" if names else "afspraken"


def _each(values: list[tuple[Source, str]]) -> str:
    """Say a value once when all sources share it, else by source."""
    different = {value for _, value in values}
    if len(different) <= 1:
        return different.pop() if different else "nog niet afgesproken"
    return _listed(f"{value} ({source.agreement.title})" for source, value in values)


def _layers(settings: Settings) -> str:
    return _listed(dict.fromkeys(layer_in_words(each.layer) for each in settings.link.features)) or "geen"


def _share(share: float) -> str:
    return f"{number(100 * share, 0 if round(100 * share, 6).is_integer() else 1)} %"


def _measure(measure: Measure) -> str:
    if not measure.is_stated:
        return "nog niet ingevuld"
    if measure.kind == "hits_share_beats_baseline":
        return (
            f"vanaf {measure.from_week} is het deel van de meldingen in de vakken van de vooruitblik ten minste "
            f"{_points(measure.threshold)} procentpunt groter dan dat in evenveel vakken van de telling"
        )
    return (
        f"vanaf {measure.from_week} komen er {_points(-measure.threshold)} procent minder meldingen binnen dan "
        "in dezelfde weken een jaar eerder"
    )


def _small(label: str) -> str:
    """Write a label as it stands inside a sentence; an abbreviation stays as it is."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _points(share: float) -> str:
    return number(100 * share, 1).removesuffix(",0")


def _listed(names: Iterable[str]) -> str:
    """Write a list as a phrase."""
    each = list(names)
    return f"{', '.join(each[:-1])} en {each[-1]}" if len(each) > 1 else "".join(each)
