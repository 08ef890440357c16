"""Labels for statements, by corpus, report and offset, and the measuring of what is found against them."""
