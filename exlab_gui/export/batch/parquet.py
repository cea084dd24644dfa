"""The tables for analysis as Parquet, for DuckDB, pandas and the like."""

from collections.abc import Iterable
from itertools import islice
from typing import Any, BinaryIO

from exlab_gui.core.analysis.summary import SessionSummary
from exlab_gui.export.batch.tables import Table
from exlab_gui.export.exporter import needed

GROUP = 50_000
"""The rows that are written at a time."""


def write_parquet(table: Table[Any], sessions: Iterable[SessionSummary], file: BinaryIO) -> None:
    """Write the rows of `sessions` in `table` to `file`."""
    arrow = needed("pyarrow", "Parquet", "analysis")
    parquet = needed("pyarrow.parquet", "Parquet", "analysis")
    types = {
        "text": arrow.string(),
        "time": arrow.timestamp("us", tz="UTC"),
        "count": arrow.int64(),
        "ms": arrow.float64(),
        "flag": arrow.bool_(),
    }
    schema = arrow.schema([(column.name, types[column.kind]) for column in table.columns])
    rows = table.values(sessions)
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        while group := list(islice(rows, GROUP)):
            columns = zip(*group, strict=True)
            arrays = [
                arrow.array(values, field.type)
                for values, field in zip(columns, schema, strict=True)
            ]
            writer.write_table(arrow.Table.from_arrays(arrays, schema=schema))
