"""Tells which incidents of different reports are one: blocking, comparison with reasons, clusters of judgements."""
