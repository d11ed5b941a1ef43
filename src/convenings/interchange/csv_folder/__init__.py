"""A dataset as a folder of CSV files, a kind each, with a ``datapackage.json`` that says what their columns are.

The package is a Tabular Data Package (Frictionless): what lists or holds several values stands in its cell as JSON, as
the types ``array`` and ``object`` of a Table Schema have it. Nothing of a record is lost on the way out and in again.
"""

from convenings.interchange.csv_folder.reader import fits, read
from convenings.interchange.csv_folder.writer import write

__all__ = ["fits", "read", "write"]
