"""Files come in; text, YAML sheets and validated records come out, and each value has its place."""

from magbuild.source.printed import place_in_text, place_of_name, place_of_words
from magbuild.source.sheet import Sheet, read_manuscript_file, read_sheet, sheet_of
from magbuild.source.text import read_text, spot
from magbuild.source.validation import inside, nearest, plain, validate

__all__ = [
    "Sheet",
    "inside",
    "nearest",
    "place_in_text",
    "place_of_name",
    "place_of_words",
    "plain",
    "read_manuscript_file",
    "read_sheet",
    "read_text",
    "sheet_of",
    "spot",
    "validate",
]
