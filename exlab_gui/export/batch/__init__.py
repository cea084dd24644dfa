"""Many sessions in one file: logs, tables and workbooks."""
