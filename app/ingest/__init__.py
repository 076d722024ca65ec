"""From files to stored claims: the bundle format, its reader, and the one write path."""
