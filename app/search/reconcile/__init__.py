"""What a reconciliation client asks: which of ours its names stand for, and what we know of those."""
