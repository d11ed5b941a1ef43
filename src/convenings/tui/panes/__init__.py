"""The panes of the explorer: each draws itself, and knows nothing of the others."""
