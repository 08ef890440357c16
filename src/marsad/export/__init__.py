"""What leaves the house: one file for each codebook, and one place that says what may leave for whom."""
