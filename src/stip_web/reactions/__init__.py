# SPDX-License-Identifier: EUPL-1.2
"""Messages of citizens at the desk: opened, with a term, forwarded and answered, and destroyed in the end."""
