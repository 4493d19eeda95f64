"""All made-up documents of towns that no layout was built for, by a short name."""

from tests.ingest.foreign import (
    departments,
    evaluations,
    money,
    other_towns,
    second_reading,
    strategies,
    welfare,
)
from tests.ingest.foreign.expected import Expected

DOCUMENTS: dict[str, Expected] = {
    name.lower(): found
    for module in (evaluations, strategies, money, welfare, departments, second_reading, other_towns)
    for name, found in vars(module).items()
    if isinstance(found, Expected)
}
