# SPDX-License-Identifier: EUPL-1.2
"""One's own keys for programs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from stip.errors import StipError
from stip_web.accounts.door import logged_in, user_of
from stip_web.accounts.models import Token
from stip_web.accounts.permissions import in_words
from stip_web.administration import tokens as actions
from stip_web.administration.forms import TokenForm
from stip_web.administration.views.pages import done


@logged_in
@never_cache
@require_http_methods(["GET", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """Show one's keys, and make one; its secret is shown once."""
    user = user_of(request)
    form = TokenForm(request.POST or None, owner=user, without=actions.NOT_FOR_A_KEY)
    secret, status = "", 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                secret = actions.MakeToken(user, **form.cleaned_data).run()
                form, status = TokenForm(owner=user, without=actions.NOT_FOR_A_KEY), 201
            except StipError as error:
                form.add_error(None, str(error))
    rows = [{"token": token, "scopes": in_words(token.scopes)} for token in user.tokens.all()]
    return render(
        request, "administration/tokens.html", {"form": form, "rows": rows, "secret": secret}, status=status
    )


@logged_in
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a key back."""
    token = get_object_or_404(Token, pk=pk, owner=user_of(request))
    done(request, actions.RevokeToken(user_of(request), token=token), "De sleutel werkt niet meer.")
    return redirect("tokens")
