"""Many reports on many cores or machines: parts of files to readings, restarted where it stopped (docs/scale.md)."""
