"""The gold in our own words, its builder, and the gate that holds Marsad to its scores."""
