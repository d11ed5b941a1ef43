"""All that is SQLite's: the schema, the statements, and how lists of rows are packed into its values."""
