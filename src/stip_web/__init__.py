# SPDX-License-Identifier: EUPL-1.2
"""The site: three shells on the library. It imports stip, never the reverse; one app a noun.

::

    settings      what the environment says, checked; Django's settings from it
    accounts      who may what: users, roles as data, permissions in code
    audit         actions that change something, each with a line; the log of processing
    workspaces    the one door to the library's workspace
    desk          the shell of the desk: frame, navigation, home, the five states
    dots          Kaart
    outlooks      Vooruitblik
    intakes       Gegevens
    administration  Beheer
    api           the same, for programs
"""
