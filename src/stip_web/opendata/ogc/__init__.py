# SPDX-License-Identifier: EUPL-1.2
"""OGC API Features (Part 1 core, GeoJSON, HTML, OpenAPI; Part 2 reference systems) over what is published."""
