# SPDX-License-Identifier: EUPL-1.2
"""Open data of the public site: what is published, as files, as a service for maps, and as a catalogue."""
