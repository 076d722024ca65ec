"""What numbers mean and how they stand to each other: pure code, without I/O, clock or framework."""
