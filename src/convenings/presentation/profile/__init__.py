"""One record whole: its facts, what is related to it, what is not known, each with its evidence."""
