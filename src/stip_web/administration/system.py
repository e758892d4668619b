# SPDX-License-Identifier: EUPL-1.2
"""How the installation stands: version, database, disk, log-in service, last backup, and what its own checks say."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from importlib.metadata import version

from django.conf import settings
from django.core.checks import run_checks
from django.db import connection
from django.utils import timezone

from stip.store import room_left
from stip.words import number
from stip_web.audit.models import AuditLine
from stip_web.desk.health import checks
from stip_web.desk.jobs import late_jobs
from stip_web.desk.templatetags.dutch import moment
from stip_web.workspaces.outside import disks

_GB = 1024**3
ROOM_GB = 5
OLD_BACKUP_DAYS = 8


@dataclass(frozen=True)
class Fact:
    """One line of the page.

    Attributes
    ----------
    what, how : str
    good : bool
    """

    what: str
    how: str
    good: bool = True


def facts() -> list[Fact]:
    """Give the lines, without a word about what the data say."""
    late = late_jobs().count()
    works = checks()
    return [
        Fact("Versie", version("stip")),
        Fact("Soort", "Voorbeeld" if settings.DEMO else "Productie"),
        Fact("Database", f"{connection.display_name}, {_works(works['database'])}", works["database"]),
        Fact("Werkmap", _works(works["workspace"]), works["workspace"]),
        _room(),
        Fact("Taken die te laat zijn", number(late), not late),
        _last_backup(),
        Fact(
            "Tweede stap bij inloggen", "Verplicht" if settings.STIP_REQUIRE_MFA else "Niet verplicht", _safe_login()
        ),
        Fact("Inlogdienst van de gemeente", "Ingesteld" if settings.ENVIRONMENT.oidc_url else "Niet ingesteld"),
        Fact("Logboek van dataverwerkingen", _log_goes_to()),
        Fact("Logboeken bewaren", f"{settings.ENVIRONMENT.log_months} maanden"),
    ]


def warnings() -> list[str]:
    """Give what the checks of this installation say, as sentences."""
    found = run_checks(include_deployment_checks=not settings.DEMO)
    return [f"{message.msg} {message.hint or ''}".strip() for message in found if not message.is_silenced()]


def _room() -> Fact:
    """Tell of the disk that has least room."""
    folder = min((folder for folder in disks() if folder.is_dir()), key=lambda one: shutil.disk_usage(one).free)
    free = shutil.disk_usage(folder).free / _GB
    good, said = room_left(folder)
    return Fact("Vrije ruimte", f"{number(free, 1)} GB" if good else said.removesuffix("."), free >= ROOM_GB)


def _works(good: bool) -> str:
    return "werkt" if good else "niet bereikbaar, of niet bijgewerkt"


def _safe_login() -> bool:
    return bool(settings.DEMO or settings.STIP_REQUIRE_MFA)


def _log_goes_to() -> str:
    return "Eigen tabel, en naar buiten" if settings.ENVIRONMENT.otlp_url else "Eigen tabel"


def _last_backup() -> Fact:
    line = AuditLine.objects.filter(action="backup.make").first()
    if line is None:
        return Fact("Laatste reservekopie", "Nog geen. Maak er een met ‘stip_web backup’.", settings.DEMO)
    recent = (timezone.now() - line.at).days < OLD_BACKUP_DAYS
    return Fact("Laatste reservekopie", moment(line.at), recent)
