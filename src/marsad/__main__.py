"""Lets `python -m marsad` do what `marsad` does."""

from marsad.cli import main

main()
