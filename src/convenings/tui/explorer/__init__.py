"""The explorer: the screen, what its keys do, and what its borders say."""
