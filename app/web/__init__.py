"""Pages for people, in HTML that needs no script."""
