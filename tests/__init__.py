"""Tests of the program, and the tools that they share."""

PATIENCE = 120.0
"""Seconds until something that is waited for counts as missing; never waited for in full where all is well."""
