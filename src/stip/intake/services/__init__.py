# SPDX-License-Identifier: EUPL-1.2
"""Asking services on the internet, politely, and believing only what is documented."""
