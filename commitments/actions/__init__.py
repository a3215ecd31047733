"""What can be done with the catalogue."""

from commitments.actions.cataloguing import load_catalogue, require_one_current, store_catalogue_row
from commitments.actions.loading import load_crosswalk, load_indicators, load_measurements

__all__ = [
    "load_catalogue",
    "load_crosswalk",
    "load_indicators",
    "load_measurements",
    "require_one_current",
    "store_catalogue_row",
]
