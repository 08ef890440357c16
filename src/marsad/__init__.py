"""Marsad reads reports of armed conflict and keeps the count, every figure with its words."""

__version__ = "0.1.0"
