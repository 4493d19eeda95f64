"""All made-up documents of towns that no layout was built for, by a short name."""

from tests.ingest.foreign import (
    departments,
    evaluations,
    hard_layouts,
    money,
    other_towns,
    second_reading,
    strategies,
    welfare,
)
from tests.ingest.foreign.expected import Expected

_SETS = (
    evaluations,
    strategies,
    money,
    welfare,
    departments,
    second_reading,
    other_towns,
    hard_layouts,
)

DOCUMENTS: dict[str, Expected] = {
    name.lower(): found
    for module in _SETS
    for name, found in vars(module).items()
    if isinstance(found, Expected)
}
