"""Benchmarks against bare Textual and against the tools people use today, on datasets generated for them."""
