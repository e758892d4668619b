# SPDX-License-Identifier: EUPL-1.2
"""The one way to make an operation: it says who may come in, and whether it reads incidents.

An operation that is made in another way lets nobody in: the API itself refuses everyone.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import HttpRequest
from ninja import Router
from pydantic.alias_generators import to_camel

from stip_web.accounts.door import Door, everybody, needs
from stip_web.accounts.permissions import Permission
from stip_web.answers.problems import Problem, Refused
from stip_web.api.callers import BearerToken, Caller, SiteSession
from stip_web.api.keys import know_keys, stray_keys
from stip_web.api.throttle import PER_CALLER
from stip_web.audit.processing import reads_incidents

View = TypeVar("View", bound=Callable[..., Any])
ANYBODY: tuple[Permission, ...] = ()


def operation(
    router: Router,
    path: str,
    *,
    permission: Permission | tuple[Permission, ...],
    returns: Any,
    summary: str,
    reads: str | Callable[..., str] = "",
    geo: bool = False,
    also: tuple[int, ...] = (),
) -> Callable[[View], View]:
    """Make a GET operation.

    Parameters
    ----------
    router : Router
    path : str
        Kebab-case, without a slash at the end.
    permission : Permission, or a tuple of them
        One of these is enough; `ANYBODY` for what tells nothing.
    returns : type
        Schema of the answer.
    summary : str
        In the list of operations.
    reads : str or callable
        The activity of the processing register, when the operation reads incidents: each call then writes a span.
        A function is given what the operation is, and says which activity this call is.
    geo : bool
        Whether the answer is GeoJSON.
    also : tuple of int
        More statuses with which it may refuse, such as 404.
    """
    wanted = permission if isinstance(permission, tuple) else (permission,)
    refusals = (*((400,) if path else ()), *((401, 403, 429) if wanted else ()), *also)

    def make(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if faults := stray_keys(request):
                raise Refused(400, errors=faults)
            return view(request, *args, **kwargs)

        # Ninja reads the names of types in the module of the function it is given, which is this one.
        checked.__signature__ = inspect.signature(view, eval_str=True)  # type: ignore[attr-defined]
        logged = reads_incidents(reads)(checked) if reads else checked
        door = needs(*wanted)(logged) if wanted else everybody(logged)
        door._ninja_contribute_to_operation = [know_keys]  # type: ignore[attr-defined]
        made = router.get(
            path,
            auth=[BearerToken(Door(frozenset(wanted))), SiteSession(Door(frozenset(wanted)))] if wanted else None,
            throttle=[PER_CALLER] if wanted else [],
            response={200: returns} | dict.fromkeys(sorted(refusals), Problem),
            operation_id=to_camel(view.__name__),
            summary=summary,
            by_alias=True,
            openapi_extra={"x-geo": geo, "x-permissions": [str(name) for name in wanted]},
        )
        return cast(View, made(door))

    return make


def nobody(request: HttpRequest) -> Caller:
    """Refuse whoever calls an operation that did not say who may come in."""
    raise Refused(403)
