"""From the text of a report to records that a reader may accept: rules alone, no model and no network."""
