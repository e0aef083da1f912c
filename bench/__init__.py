"""Benchmarks: each beside a plain baseline in the same run, in ratios, CPU time and counts. Never tests."""
