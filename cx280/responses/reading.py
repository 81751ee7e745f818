"""Opens a CSV file of responses, whatever wrote it, and reads it line by line."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import IO

from cx280.kernel.problem import Unusable

_LONGEST_FIELD = 1_000_000


@contextmanager
def csv_rows(file: IO[bytes], name: str) -> Iterator[tuple[list[str], Iterator[dict[str, str]]]]:
    """The header and the rows; a byte order mark is no part of the first name.

    Raises Unusable for a file that is not UTF-8, has no header, or names a column twice.
    """
    csv.field_size_limit(_LONGEST_FIELD)
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        reader = csv.DictReader(text)
        header = [each.strip() for each in reader.fieldnames or []]
        if not header or len(set(header)) < len(header):
            raise Unusable(f"{name} needs a first line that names each column once.")
        reader.fieldnames = header
        yield header, reader
    except UnicodeDecodeError as error:
        raise Unusable(
            f"{name} is not UTF-8.", fix="Save it as CSV UTF-8 and try again."
        ) from error
    except csv.Error as error:
        raise Unusable(f"{name} is not a CSV file: {error}.") from error
    finally:
        text.detach()
