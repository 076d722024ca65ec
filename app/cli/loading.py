"""What a load prints: a line a bundle, and one for all beyond the first many."""

from dataclasses import dataclass, field

from rich.table import Table

from app.ingest.load import Report

MOST_LISTED = 200
"""Bundles that are told one by one: a stream may have a million."""


@dataclass(slots=True)
class Summary:
    """The reports of a load as a table, in memory that does not grow with it."""

    table: Table = field(
        default_factory=lambda: Table("bundle", "new", "changed", "unchanged", "withdrawn", "in conflict")
    )
    beyond: int = 0
    totals: list[int] = field(default_factory=lambda: [0] * 5)

    def note(self, report: Report) -> None:
        """Take one more."""
        counts = (report.new, report.changed, report.unchanged, report.withdrawn, report.conflicts)
        self.totals = [total + count for total, count in zip(self.totals, counts, strict=True)]
        if self.table.row_count < MOST_LISTED:
            self.table.add_row(report.bundle, *map(str, counts))
        else:
            self.beyond += 1

    def finished(self) -> Table:
        """The table, with a line of totals where not all bundles are listed."""
        if self.beyond:
            self.table.add_section()
            self.table.add_row(f"all, with {self.beyond:,} more", *map(str, self.totals))
        return self.table
