# SPDX-License-Identifier: EUPL-1.2
"""Messages of citizens: sealed by the public site, which cannot open them, and opened at the desk.

Nothing here knows Django, a workspace or a database. The public process uses `letters`, `sealing` and `dropping`; the
desk uses `sealing` and `taking`.
"""
