"""Data frames as tables of the protocol: columns keep their types, and categories their order."""

import json
import math

import pandas as pd


def encode(frame, name="data"):
    """A frame as CDISC's Dataset-JSON, in which text stays text and a date is a date.

    Returns
    -------
    table : dict
        The table for a request.
    orders : dict
        The categories of each categorical column in their order, those that occur.
    """
    if not isinstance(frame, pd.DataFrame):
        raise TypeError("data has to be a pandas DataFrame, or the name of a file.")
    if not frame.columns.is_unique:
        raise ValueError("Names of columns have to differ.")
    columns, values, orders = [], [], {}
    for label in frame.columns:
        column = frame[label]
        kind, cells = _cells(column, str(label))
        columns.append({"itemOID": f"IT.{label}", "name": str(label), "label": _label(frame, label), "dataType": kind})
        values.append(cells)
        if isinstance(column.dtype, pd.CategoricalDtype):
            present = set(column.dropna())
            orders[str(label)] = [_text(level) for level in column.cat.categories if level in present]
    body = {
        "datasetJSONCreationDateTime": "1970-01-01T00:00:00",
        "datasetJSONVersion": "1.1.0",
        "itemGroupOID": f"IG.{name}",
        "records": len(frame),
        "name": name,
        "label": name,
        "columns": columns,
        "rows": [list(row) for row in zip(*values)],
    }
    return {"json": body}, orders


def order_words(orders, used):
    """Options that keep the order of categories of the columns that a call names."""
    words = []
    for column, levels in orders.items():
        if len(levels) < 2 or not used(column):
            continue
        for level in levels:
            if '"' in level or level != level.strip() or not level:
                raise ValueError(f'The level {json.dumps(level)} of {column} has a quote, or blanks at an end: rename it.')
        quoted = [f'"{level}"' if "," in level else level for level in levels]
        words += ["--order", f"{column}=" + ",".join(quoted)]
    return words


def _label(frame, label):
    labels = frame.attrs.get("labels", {})
    return str(labels.get(label, label))


def _cells(column, name):
    missing = column.isna().tolist()
    if pd.api.types.is_bool_dtype(column.dtype):
        return "string", [None if gone else ("TRUE" if cell else "FALSE") for cell, gone in zip(column.tolist(), missing)]
    if isinstance(column.dtype, pd.CategoricalDtype):
        return "string", [None if gone else _text(cell) for cell, gone in zip(column.tolist(), missing)]
    if pd.api.types.is_numeric_dtype(column.dtype):
        return "double", [None if gone else _number(cell, name) for cell, gone in zip(column.tolist(), missing)]
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        if getattr(column.dtype, "tz", None) is not None:
            column = column.dt.tz_convert("UTC").dt.tz_localize(None)
        days = (column.dropna() == column.dropna().dt.normalize()).all()
        shape = "%Y-%m-%d" if days else "%Y-%m-%dT%H:%M:%S.%f"
        return "date" if days else "datetime", [None if gone else cell.strftime(shape) for cell, gone in zip(column, missing)]
    return "string", [None if gone else _text(cell) for cell, gone in zip(column.tolist(), missing)]


def _number(cell, name):
    if not math.isfinite(cell):
        raise ValueError(f"{name} holds an infinite number.")
    return cell


def _text(cell):
    if cell is True or cell is False:
        return "TRUE" if cell else "FALSE"
    return str(cell)
