"""Brings other people's counts in as a voice among voices, and holds two counts against each other."""
