# SPDX-License-Identifier: EUPL-1.2
"""What a file is, whatever its name says: opened, cut into rows, and handed over column by column."""
