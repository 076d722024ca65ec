"""How what a request takes grows with the database, as a table and as a drawing."""

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench.report import Run

MOST = 1.3
"""How many times as long a request may take in a database ten times as large."""


def printed(runs: Sequence[Run]) -> list[str]:
    """The table: microseconds of a processor, or milliseconds of a load, a column a size, with the factors between."""
    sizes = [run.size for run in runs]
    rows = [["what grows", *sizes, "factors", f"goal under {MOST}"]]
    for name, unit, numbers in series(runs):
        factors = [after / before for before, after in pairwise(numbers)]
        met = "yes" if all(factor < MOST for factor in factors) else "no"
        told = [f"{number:,.0f} {unit}" for number in numbers]
        rows.append([name, *told, ", ".join(f"{factor:.2f}" for factor in factors), met])
    space = [f"{run.base.bytes_on_disk / run.base.claims:,.0f}" for run in runs]
    rows.append(["bytes a claim on disk", *space, "", ""])
    head = ["| " + " | ".join(rows[0]) + " |", "|" + " --- |" * len(rows[0])]
    return [*head, *("| " + " | ".join(row) + " |" for row in rows[1:])]


def series(runs: Sequence[Run]) -> Iterator[tuple[str, str, list[float]]]:
    """Each thing that is not to grow: its name, its unit, and what it took at each size."""
    for place, line in enumerate(runs[0].lines):
        if line.request.grows and all(run.lines[place].served for run in runs):
            yield line.request.name, "µs", [run.lines[place].cost("ours") for run in runs]
    if all(run.article for run in runs):
        yield "an article of ten claims loaded", "ms", [run.article for run in runs]


def draw(runs: Sequence[Run], file: Path) -> None:
    """The drawing, as SVG: each line as times of what it took in the smallest database."""
    import vl_convert  # noqa: PLC0415 - only what is written down is drawn

    file.write_text(vl_convert.vegalite_to_svg(json.dumps(chart(runs))) + "\n", encoding="utf-8")


def chart(runs: Sequence[Run]) -> dict[str, Any]:
    """The same as Vega-Lite."""
    points = [
        {"claims": run.base.claims, "times": number / numbers[0], "what": name}
        for name, _, numbers in series(runs)
        for run, number in zip(runs, numbers, strict=True)
    ]
    return {
        "data": {"values": points},
        "width": 480,
        "height": 260,
        "background": "white",
        "mark": {"type": "line", "point": True},
        "encoding": {
            "x": {"field": "claims", "type": "quantitative", "scale": {"type": "log"}, "title": "claims"},
            "y": {
                "field": "times",
                "type": "quantitative",
                "title": f"times what it takes at {runs[0].size}",
                "scale": {"zero": True},
            },
            "color": {"field": "what", "type": "nominal", "title": None, "legend": {"orient": "bottom", "columns": 2}},
        },
    }
