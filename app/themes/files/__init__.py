"""Theming of files: CSV in, CSV and JSON out, with no database. What the commands and the benchmarks run."""
