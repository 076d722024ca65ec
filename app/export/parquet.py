"""Records as Parquet, through the libraries of the extra `parquet`, which are imported only when it is asked for."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.search.columns import COLUMNS, Cell, Column, Type, parsed

if TYPE_CHECKING:
    from arro3.core import DataType, RecordBatch, Schema

ROWS = 2_000
GROUP = 20_000
"""How many rows are held at once, as cells and then as columns that are compressed together."""
_EPOCH = date(1970, 1, 1).toordinal()


class MissingLibrary(Exception):
    """The extra that brings Parquet is not installed; the message says how to get it."""


def write(noun: str, records: Iterable[str], path: Path) -> None:
    """Write them to a file. Raises MissingLibrary.

    Exact numbers have two columns: their decimal text, and under `<name>_double` the nearest double to calculate with.
    """
    try:
        from arro3.core import RecordBatchReader  # noqa: PLC0415
        from arro3.io import write_parquet  # noqa: PLC0415
    except ImportError:
        raise MissingLibrary("Parquet needs the extra `parquet`: pip install 'counterclaim[parquet]'") from None
    columns = COLUMNS[noun]
    schema = _schema(columns)
    reader = RecordBatchReader.from_batches(schema, _batches(columns, schema, iter(records)))
    write_parquet(reader, path, compression="zstd(3)", max_row_group_size=GROUP)


def _schema(columns: Sequence[Column]) -> "Schema":
    from arro3.core import Field, Schema  # noqa: PLC0415

    return Schema([Field(name, type_) for column in columns for name, type_ in _fields(column)])


def _fields(column: Column) -> "Iterator[tuple[str, DataType]]":
    from arro3.core import DataType  # noqa: PLC0415

    types = {Type.COUNT: DataType.int64(), Type.TRUTH: DataType.bool(), Type.DAY: DataType.date32()}
    yield column.name, types.get(column.type, DataType.string())
    if column.type is Type.EXACT:
        yield f"{column.name}_double", DataType.float64()


def _batches(columns: Sequence[Column], schema: "Schema", records: Iterator[str]) -> "Iterator[RecordBatch]":
    from arro3.core import RecordBatch  # noqa: PLC0415

    # Cells, not records: those take many times as much memory.
    rows = ([column.cell(record) for column in columns] for record in map(parsed, records))
    while batch := [*islice(rows, ROWS)]:
        cells = zip(*batch, strict=True)
        arrays = [array for column, of in zip(columns, cells, strict=True) for array in _arrays(column, of)]
        yield RecordBatch.from_arrays(arrays, schema=schema)


def _arrays(column: Column, cells: Sequence[Any]) -> Iterator[Any]:
    from arro3.core import Array, DataType  # noqa: PLC0415

    match column.type:
        case Type.DAY:
            yield Array([_day(cell) for cell in cells], DataType.int32()).cast(DataType.date32())
        case Type.COUNT:
            yield Array(cells, DataType.int64())
        case Type.TRUTH:
            yield Array(cells, DataType.bool())
        case _:
            yield Array(cells, DataType.string())
    if column.type is Type.EXACT:
        yield Array([None if cell is None else float(cell) for cell in cells], DataType.float64())


def _day(cell: Cell) -> int | None:
    """Days since 1970-01-01."""
    return None if cell is None else date.fromisoformat(str(cell)).toordinal() - _EPOCH
