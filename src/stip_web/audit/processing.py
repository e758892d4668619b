# SPDX-License-Identifier: EUPL-1.2
"""The processing log: each page or call that reads incidents writes one span, without sampling.

Source: Logboek Dataverwerkingen 1.0 (Logius), an OpenTelemetry span with ``dpl.core.*`` attributes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, wraps
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest
from opentelemetry.context import Context
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import Span, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ALWAYS_ON
from opentelemetry.trace import Status, StatusCode, Tracer
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May
from stip_web.accounts.reach import guarded_session
from stip_web.audit.models import AccessLine
from stip_web.audit.spans import SecretIds, TableProcessor

View = TypeVar("View", bound=Callable[..., Any])

ACTIVITIES = {
    "kaart": "Meldingen bekijken op kaart, lijst en grafiek",
    "kaart-uitvoer": "Meldingen meenemen als bestand",
    "vooruitblik": "De vooruitblik maken en toelichten",
    "weekplan": "Het weekplan maken en tonen",
    "signalen": "Signalen bekijken en erover besluiten",
    "berichten": "Berichten van burgers lezen en beantwoorden",
    "inlezen": "Een bestand met meldingen inlezen",
    "evaluatie": "Nameten wat er uitkwam",
    "kwaliteit": "De kwaliteit van een levering nagaan",
    "openbaar": "Cijfers afronden om openbaar te maken",
    "toezicht": "Nagaan wat de poort met meldingen deed",
}
"""Each activity of the processing register that reads incidents, and what it is."""

FINE: dict[str, tuple[May, ...]] = {
    "kaart": (May.DOTS_FINE,),
    "kaart-uitvoer": (May.DOTS_FINE,),
    "vooruitblik": (May.OUTLOOK_READ,),
    "weekplan": (May.OUTLOOK_READ, May.PLAN_WRITE),
    "signalen": (May.DOTS_FINE, May.OUTLOOK_READ),
    "inlezen": (May.DATA_READ, May.DATA_IMPORT),
    "evaluatie": (May.DOTS_FINE, May.OUTLOOK_READ),
    "toezicht": (May.RULES_APPROVE,),
}
"""By activity: who holds one of these sees its places as finely as was agreed; others see them coarse, or only their
own. What is not here shows no places at all: then nothing is said about how finely."""


@contextmanager
def processing(activity: str, request: HttpRequest | None = None, **attributes: str | int) -> Iterator[Span]:
    """Write that incidents are read, for as long as the block runs.

    Parameters
    ----------
    activity : str
        One of `ACTIVITIES`.
    request : HttpRequest, optional
        Its ``traceparent`` header, when it has one, becomes the parent.
    **attributes
        More to tell, under ``dpl.stip.``; never a value out of an incident, never who looked.
    """
    if activity not in ACTIVITIES:
        raise KeyError(f"{activity} is no activity of the register; add it to ACTIVITIES")
    headers = {name.lower(): value for name, value in request.headers.items()} if request else {}
    parent = TraceContextTextMapPropagator().extract(headers, Context())
    extra = {f"dpl.stip.{name}": value for name, value in attributes.items()}
    core = {"dpl.core.processing_activity_id": f"stip:{activity}"}
    with tracer().start_as_current_span(
        ACTIVITIES[activity],
        context=parent,
        attributes={**core, **extra},
        # The kind of an error, not its words: those could hold a value, and would go to the collector.
        record_exception=False,
        set_status_on_exception=False,
    ) as span:
        if (reader := _reader(request)) is not None:
            # Before anything is read, and apart from the span: the standard wants no employee in it.
            trace = f"{span.get_span_context().trace_id:032x}"
            AccessLine.objects.create(
                actor=reader,
                actor_name=reader.get_username(),
                roles=reader.role_names[:200],
                fine=_finely(activity, request),
                activity=activity,
                trace_id=trace,
            )
        try:
            yield span  # type: ignore[misc]
        except Exception as error:
            span.set_status(Status(StatusCode.ERROR, type(error).__name__))
            raise
        span.set_status(Status(StatusCode.OK))


def reads_incidents(activity: str | Callable[..., str]) -> Callable[[View], View]:
    """Mark a view as one that reads incidents; each call writes a span.

    Parameters
    ----------
    activity : str or callable
        A function is given what the view is, says which activity this call is, and may refuse it.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def logged(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            asked = activity if isinstance(activity, str) else activity(request, *args, **kwargs)
            with processing(asked, request):
                return view(request, *args, **kwargs)

        logged.reads = activity  # type: ignore[attr-defined]
        return logged  # type: ignore[return-value]

    return mark


def tracer() -> Tracer:
    """Give what makes spans."""
    return provider().get_tracer("stip_web")


def _reader(request: HttpRequest | None) -> User | None:
    """Give who reads: whom the API let in, such as the owner of a token, else the person that is logged in."""
    for found in (getattr(getattr(request, "auth", None), "owner", None), getattr(request, "user", None)):
        if isinstance(found, User):
            return found
    return None


def _finely(activity: str, request: HttpRequest | None) -> bool | None:
    """Tell whether this look shows every place; None when it shows none. A token sees what it may, not its owner."""
    if activity not in FINE:
        return None
    auth = getattr(request, "auth", None)
    seen_by = auth if hasattr(auth, "owner") else getattr(request, "user", None)
    return bool(seen_by.may(*FINE[activity])) if seen_by is not None else False


@cache
def provider() -> TracerProvider:
    """Make it once: to the local table, and to the municipality's collector when there is one."""
    made = TracerProvider(
        sampler=ALWAYS_ON,
        resource=Resource({"service.name": "stip"}),
        shutdown_on_exit=True,
        id_generator=SecretIds(),
    )
    made.add_span_processor(TableProcessor())
    if (url := settings.ENVIRONMENT.otlp_url) is not None:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

        made.add_span_processor(
            BatchSpanProcessor(OTLPSpanExporter(endpoint=str(url), timeout=10, session=guarded_session(str(url))))
        )
    return made
