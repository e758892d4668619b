# SPDX-License-Identifier: EUPL-1.2
"""What every settings object shares: frozen, and deaf to names it does not know."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A settings object that cannot change once read; an unknown name is an error, not a surprise."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
