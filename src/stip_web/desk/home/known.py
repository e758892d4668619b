# SPDX-License-Identifier: EUPL-1.2
"""What is known and still waits for a decision, for who may decide; for others where they can read or tell."""

from __future__ import annotations

from django.urls import reverse

from stip.store import Workspace
from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May
from stip_web.desk.home.task import Task
from stip_web.workspaces.clock import today
from stip_web.workspaces.deciders import kinds_decided, kinds_seen
from stip_web.workspaces.known import known_signals


def signals_task(user: User, workspace: Workspace) -> Task:
    """Tell how many signals wait, and how many are late; who only tells or reads counts gets no number."""
    settings = workspace.settings
    if not user.may(May.SIGNAL_READ):
        if user.may(May.SIGNAL_RAISE):
            said = "Zag u iets dat om een besluit vraagt? Een lamp, afval, of iemand die hulp nodig lijkt te hebben."
            return Task("Signalen", (said,), "", "Signaal melden", reverse("signals:raise"))
        said = "Wat bekend werd, en wat ermee is gedaan: per half jaar geteld."
        return Task("Signalen", (said,), "", "Verslag over signalen", reverse("signals:report"))
    mine = kinds_decided(user, settings) or kinds_seen(user, settings)
    waiting = [one for one in known_signals(workspace) if one.kind in mine and one.state.waits]
    on = today(workspace)
    late = sum(one.overdue(on) for one in waiting)
    soon = sum(one.soon(on, settings.signals.soon_days) for one in waiting)
    url, link = reverse("signals:list"), "Naar de signalen"
    if not waiting:
        return Task("Signalen", ("Er wacht geen signaal op een besluit.",), "good", link, url)
    lines = [f"{_signals(len(waiting))} op een besluit of op versturen."]
    lines += [f"{late} daarvan {'is' if late == 1 else 'zijn'} te laat."] if late else []
    lines += [f"{soon} moet{'' if soon == 1 else 'en'} binnen {settings.signals.soon_days} dagen."] if soon else []
    decides = bool(kinds_decided(user, settings))
    mark = ("late" if late else "todo") if decides else ""
    return Task("Signalen", tuple(lines), mark, link, f"{url}?stand=te-laat" if late and decides else url)


def _signals(count: int) -> str:
    return "1 signaal wacht" if count == 1 else f"{count} signalen wachten"
