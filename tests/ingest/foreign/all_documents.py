"""All made-up documents of towns that no layout was built for, by a short name."""

from tests.ingest.foreign import (
    bracketed_labels,
    bracketed_years,
    checked_boxes,
    departments,
    evaluations,
    facility_tables,
    fifth_reading,
    further_plans,
    hard_layouts,
    money,
    other_towns,
    progress,
    second_reading,
    second_reading_lists,
    sixth_reading,
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
    progress,
    second_reading,
    second_reading_lists,
    other_towns,
    further_plans,
    hard_layouts,
    fifth_reading,
    sixth_reading,
    bracketed_years,
    checked_boxes,
    facility_tables,
    bracketed_labels,
)

DOCUMENTS: dict[str, Expected] = {
    name.lower(): found
    for module in _SETS
    for name, found in vars(module).items()
    if isinstance(found, Expected)
}
