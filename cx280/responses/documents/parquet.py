"""Writes responses as Apache Parquet: typed columns, in pieces, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cx280.responses.rules.columns import Kind

# Rows of one piece of the file: few enough for little memory, enough for good compression.
_PIECE = 20_000
_TYPES: dict[Kind, pa.DataType] = {
    Kind.WHOLE: pa.int32(),
    Kind.NUMBER: pa.float64(),
    Kind.DAY: pa.date32(),
    Kind.TICK: pa.int8(),
    Kind.TEXT: pa.string(),
}
_READ: dict[Kind, Callable[[Any], object]] = {
    Kind.WHOLE: int,
    Kind.NUMBER: float,
    Kind.DAY: date.fromisoformat,
    Kind.TICK: int,
    Kind.TEXT: str,
}


def write_parquet(
    path: Path, header: Sequence[str], kinds: Mapping[str, Kind], rows: Iterator[list[object]]
) -> None:
    """Writes the rows under the header; a blank cell is null. The file appears when it is whole."""
    schema = pa.schema([pa.field(each, _TYPES[kinds[each]]) for each in header])
    read = [_READ[kinds[each]] for each in header]
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with pq.ParquetWriter(unfinished, schema, compression="zstd") as writer:
            while piece := list(islice(rows, _PIECE)):
                columns = zip(read, zip(*piece, strict=True), strict=True)
                arrays = [
                    pa.array(_cells(each, column), field.type)
                    for (each, column), field in zip(columns, schema, strict=True)
                ]
                writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _cells(read: Callable[[Any], object], column: Sequence[object]) -> list[object]:
    return [None if cell == "" or cell is None else read(cell) for cell in column]
