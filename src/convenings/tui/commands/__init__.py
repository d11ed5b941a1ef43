"""What the keys of the explorer do: one object a command, side by side with what it does."""
