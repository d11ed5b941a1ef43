"""Tests of Convenings."""
