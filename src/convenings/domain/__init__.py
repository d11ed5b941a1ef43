"""What the words mean: records, dates, names, roles, queries, the lens and its history. No input or output here."""
