# SPDX-License-Identifier: EUPL-1.2
"""The description of the API (OpenAPI 3.1), as NLGov's rules want it; public, and committed in docs/reference."""

from __future__ import annotations

import json
import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse

from stip_web.accounts.door import everybody
from stip_web.answers.crs import Crs
from stip_web.answers.problems import MEDIA_TYPE as PROBLEM
from stip_web.api.callers import SiteSession
from stip_web.api.geojson import HEADER
from stip_web.api.geojson import MEDIA_TYPE as GEOJSON
from stip_web.api.site import ROUTERS, api
from stip_web.api.version import PREFIX, VERSION

_HOST, _COOKIE = "stip.example.nl", "__Host-stip_session"
_VERSION_HEADER = {"description": "Full version of the API.", "schema": {"type": "string", "example": VERSION}}
_CRS_HEADER = {"description": "Reference system of the answer, between < and >.", "schema": {"type": "string"}}
_RETRY_HEADER = {"description": "Seconds to wait.", "schema": {"type": "integer"}}


def document(host: str = _HOST, cookie: str = _COOKIE, email: str = "stip@example.nl") -> dict[str, Any]:
    """Describe the API.

    Parameters
    ----------
    host : str
        Where it is reached.
    cookie : str
        Name of the session's cookie, which differs between a demo and a production.
    email : str
        Of who keeps the site up.
    """
    body = json.loads(json.dumps(api.get_openapi_schema(path_prefix="")))
    body["info"] |= {
        "contact": {
            "name": "De beheerder van Stip bij uw gemeente",
            "email": email,
            "url": f"https://{host}/privacy",
        },
        "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    }
    body["servers"] = [{"url": f"https://{host}{PREFIX}"}]
    body["tags"] = [{"name": name} for name in dict.fromkeys(tag for router in ROUTERS for tag in router.tags or ())]
    body["components"]["securitySchemes"][SiteSession.__name__]["name"] = cookie
    for path in body["paths"].values():
        for operation in path.values():
            _finish(operation)
    body["components"]["schemas"] = _used(body)
    return {name: body[name] for name in _ORDER}


_REF = re.compile(r"#/components/schemas/(\w+)")
_ORDER = ("openapi", "info", "servers", "tags", "paths", "components")


def as_text(body: dict[str, Any]) -> str:
    """Write the description, the same each time."""
    return json.dumps(body, indent=1, ensure_ascii=False) + "\n"


@everybody
def openapi_json(request: HttpRequest) -> HttpResponse:
    """Give the description to everybody, scripts of other sites too."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    email = settings.DEFAULT_FROM_EMAIL
    answer = JsonResponse(document(request.get_host(), settings.SESSION_COOKIE_NAME, email))
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = "public, max-age=300"
    return answer


def _finish(operation: dict[str, Any]) -> None:
    """Say what ninja leaves unsaid: headers, media types, and the header by which a reference system is asked."""
    geo = operation.pop("x-geo", False)
    for parameter in operation["parameters"]:
        parameter["schema"] = _never_null(parameter["schema"])
        parameter.pop("examples", None)  # stand in its schema, where a list may stand
    if geo:
        schema = {"type": "string", "enum": [*Crs, *(crs.uri for crs in Crs)]}
        told = "Reference system of the answer; the query key `crs` goes before it."
        operation["parameters"].append(
            {"in": "header", "name": HEADER, "schema": schema, "required": False, "description": told}
        )
    for status, response in operation["responses"].items():
        response["headers"] = {"API-Version": _VERSION_HEADER}
        if int(status) >= 400:
            response["content"] = {PROBLEM: response["content"]["application/json"]}
        elif geo:
            response["content"] = {GEOJSON: response["content"]["application/json"]}
            response["headers"]["Content-Crs"] = _CRS_HEADER
        if status == "429":
            response["headers"]["Retry-After"] = _RETRY_HEADER


def _used(body: dict[str, Any]) -> dict[str, Any]:
    """Leave out the models that only grouped parameters."""
    schemas = body["components"]["schemas"]
    wanted, found = set(_REF.findall(json.dumps(body["paths"]))), set()
    while wanted:
        found |= wanted
        wanted = set(_REF.findall(json.dumps([schemas[name] for name in wanted]))) - found
    return {name: schemas[name] for name in sorted(found)}


def _never_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Leave null out of a parameter: a query can leave a key out, not say null."""
    either = [each for each in schema.get("anyOf", ()) if each != {"type": "null"}]
    if len(either) != 1:
        return schema
    return {name: value for name, value in schema.items() if name != "anyOf"} | either[0]
