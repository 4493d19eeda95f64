"""All made-up documents of towns that no layout was built for, by a short name."""

from tests.ingest.foreign import (
    bracketed_labels,
    bracketed_years,
    checked_boxes,
    departments,
    evaluations,
    facility_tables,
    forms_and_health_plans,
    further_plans,
    grants_and_services,
    hard_layouts,
    lists_and_service_plans,
    money,
    other_towns,
    progress,
    results_and_costs,
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
    forms_and_health_plans,
    lists_and_service_plans,
    other_towns,
    further_plans,
    hard_layouts,
    grants_and_services,
    results_and_costs,
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
