"""The command line: one file per group of commands, one function per command; work is done elsewhere."""

from marsad.cli.app import main

__all__ = ["main"]
