# SPDX-License-Identifier: EUPL-1.2
"""Where things are: found out, brought to the town's reference system, and refused when they lie elsewhere."""
