"""What any face shows, as plain values: no terminal, no widget."""
