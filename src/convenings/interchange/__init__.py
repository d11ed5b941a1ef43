"""Other people's files in and out: one file a format, a registry of them, and what every reader gives."""
