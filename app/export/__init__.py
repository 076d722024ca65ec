"""What is in the database, written out: as the bundles that it came in, or as tables."""
