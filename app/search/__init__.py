"""How readers ask: parameters declared once, turned into SQL, answered with stored records."""
