"""Convenings: a terminal explorer for events and what came out of them."""

__version__ = "0.1.0"
