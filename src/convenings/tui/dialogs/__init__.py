"""What opens over the explorer and gives back what was chosen."""
