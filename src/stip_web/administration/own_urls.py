# SPDX-License-Identifier: EUPL-1.2
"""Addresses of one's own keys, beside the pages of logging in."""

from django.urls import path

from stip_web.administration.views import tokens

urlpatterns = [
    path("", tokens.keys, name="tokens"),
    path("/<int:pk>/intrekken", tokens.revoke, name="revoke_token"),
]
