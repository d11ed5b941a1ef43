"""Views: which panes the explorer shows, how they are arranged, and which commands work there."""
