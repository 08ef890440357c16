"""Watches feeds and sitemaps: what is new goes into the ledger, and what changes there becomes alerts."""
