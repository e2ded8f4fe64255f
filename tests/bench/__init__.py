"""Benchmarks: python -m tests.bench [NAME ...]. They print tables, and test nothing."""
