"""Contribution sheets."""

from portal.formats.sheet.fields import Field, Sheet, Unknown
from portal.formats.sheet.keys import LEFT_OUT, SHEET_KINDS, Asked, asked, labels
from portal.formats.sheet.names import Meant, Names
from portal.formats.sheet.reading import read_sheet
from portal.formats.sheet.rows import Part, read_row
from portal.formats.sheet.writing import write_sheet

__all__ = [
    "LEFT_OUT", "SHEET_KINDS", "Asked", "Field", "Meant", "Names", "Part", "Sheet", "Unknown", "asked", "labels", "read_row",
    "read_sheet", "write_sheet",
]  # fmt: skip
