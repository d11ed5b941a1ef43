"""The command line: what works without the explorer, and the way into it. Never imports Textual."""
