"""What the ledger answers, in words and in plain columns: the same for every face, the command line and the page."""
