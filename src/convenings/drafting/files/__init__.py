"""Reports in the formats in which they come, each turned once into a text of one paragraph a line."""
