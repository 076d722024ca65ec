"""The database: tables, records, and the only file that names a dialect."""
