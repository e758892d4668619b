# SPDX-License-Identifier: EUPL-1.2
"""Reageer: a message goes sealed into the inbox, and its sender gets a number, a term and who answers.

There is no cookie, so nothing that another site could misuse: a form that it sends through a visitor's browser
carries no more than it could send itself. Still it is refused, by what the browser says of where the form came
from (``Sec-Fetch-Site`` or ``Origin``), so that nobody's share of messages is used up by another's page.

Who presses the button twice sends one message: the number of a message follows from what was drawn for its form and
from the words, so the second gets the same number and finds that it lies there. Other words in a form that was shown
again are another message. What is drawn is for one reader: no proxy keeps the page.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from urllib.parse import urlencode, urlsplit

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from stip_web.inbox.dropping import drop, lies_there
from stip_web.inbox.letters import Kind, Letter, number_of, sent
from stip_web.inbox.sealing import seal
from stip_web.public.environment import PublicEnvironment, public_environment
from stip_web.public.errors import refuse
from stip_web.public.forms import FORM, TRAP, LetterForm, drawn
from stip_web.public.published import folder
from stip_web.public.throttle import Throttle, address_of

log = logging.getLogger(__name__)

KEY_FILE = "inbox.pub"
NOT_SENT = (
    "Uw bericht is niet verstuurd. Dat ligt aan ons. Uw tekst staat hieronder nog. Bewaar haar en probeer het later "
    "opnieuw, of schrijf een brief aan de gemeente."
)
BUSY = "Er komen nu te veel berichten binnen. Uw tekst staat hieronder nog. Bewaar haar en probeer het over een uur."
_SALT = "stip-openbaar-ontvangen"
_SALT_OF_NUMBER = "stip-openbaar-nummer"
_PROOF_S = 60 * 60
throttle = Throttle()


def page(request: HttpRequest) -> HttpResponse:
    """Show the form, or take a message."""
    if request.method != "POST":
        asked = request.GET.get("soort", "")
        kind = asked if asked in set(Kind) else ""
        return _form(request, LetterForm(initial={"kind": kind}))
    if not came_from_here(request):
        return refuse(request, 403, "Dit formulier kwam van een andere site. Vul het op deze site in.")
    form = LetterForm(request.POST)
    if not form.is_valid():
        return _form(request, form, status=400)
    said = public_environment()
    letter = _letter(request, form, said)
    if request.POST.get(TRAP):
        return _received(letter)  # a program: it is told what it likes to hear
    if lies_there(said.inbox, letter.number):
        return _received(letter)  # sent twice: it costs nothing of anybody's share, and nothing is written
    address = address_of(request, said.proxies)
    if not throttle.takes(address):
        return _form(request, form, problem=BUSY, status=429)
    try:
        key = bytes.fromhex((folder() / KEY_FILE).read_text(encoding="ascii").strip())
        drop(said.inbox, letter.number, seal(letter.as_bytes(), key))
    except FileExistsError:  # the other of two presses was first by a moment
        throttle.gives_back(address)
    except (OSError, ValueError) as error:
        throttle.gives_back(address)
        log.error("a message could not be kept: %s", type(error).__name__)
        return _form(request, form, problem=NOT_SENT, status=503)
    return _received(letter)


page.takes_form = True  # type: ignore[attr-defined]


def received(request: HttpRequest) -> HttpResponse:
    """Confirm a message: its number, until when, and who answers. The address itself is signed; nothing is kept."""
    try:
        number, kind, day = signing.loads(request.GET.get("bewijs", ""), salt=_SALT, max_age=_PROOF_S)
    except (signing.BadSignature, ValueError, TypeError):
        return refuse(request, 404, "Deze bevestiging is verlopen. Uw bericht is daarmee niet weg.")
    said, is_kind = public_environment(), Kind(kind)
    context = {
        "number": number,
        "kind": is_kind,
        "answer_by": datetime.fromisoformat(day).date(),
        "answers": said.objection_answers if is_kind.is_right else said.answers,
    }
    answer = render(request, "public/received.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def came_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that the form came from this site; one that says nothing is believed."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()


def answer_by(kind: Kind, at: datetime, said: PublicEnvironment) -> datetime:
    """Give the end of the term of a message."""
    days = said.objection_days if kind.is_right else said.answer_days
    return timezone.localtime(at) + timedelta(days=days)


def _letter(request: HttpRequest, form: LetterForm, said: PublicEnvironment) -> Letter:
    given = form.cleaned_data
    kind, now = Kind(given["kind"]), said.now()
    words = (str(kind), given["text"], given["name"], given["email"])
    key = salted_hmac(_SALT_OF_NUMBER, "", algorithm="sha256").digest()
    number = number_of(drawn(request.POST.get(FORM, "")), words, key)
    by = answer_by(kind, now, said).date()
    return sent(kind, given["text"], name=given["name"], email=given["email"], at=now, answer_by=by, number=number)


def _received(letter: Letter) -> HttpResponse:
    proof = signing.dumps([letter.number, str(letter.kind), letter.answer_by.isoformat()], salt=_SALT)
    address = f"{reverse('public:received')}?{urlencode({'bewijs': proof})}"
    answer = HttpResponseRedirect(address, status=303)
    answer["Cache-Control"] = "no-store"
    return answer


def _form(request: HttpRequest, form: LetterForm, *, problem: str = "", status: int = 200) -> HttpResponse:
    said = public_environment()
    context = {
        "form": form,
        "problem": problem,
        "trap": TRAP,
        "form_field": FORM,
        "drawn": drawn(request.POST.get(FORM, "")),
        "answer_days": said.answer_days,
        "objection_days": said.objection_days,
        "objection_answers": said.objection_answers,
        "message_days": said.message_days,
    }
    answer = render(request, "public/react.html", context, status=status)
    # Nobody shares the number in the form; who goes back to it finds her words again, which no-store would take away.
    answer["Cache-Control"] = "private, no-cache" if request.method == "GET" else "no-store"
    return answer
