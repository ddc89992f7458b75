"""What the catalogue of interface strings takes from the models: the sentence that describes each key.

`veillee new` says these sentences. babel.cfg names `extract_keys` for the modules of `portal/records/`.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, BinaryIO

from babel.messages.extract import extract_python


def extract_keys(
    file: BinaryIO, keywords: Mapping[str, Any], comment_tags: list[str], options: Mapping[str, Any]
) -> Iterator[tuple[Any, ...]]:
    """Babel's extraction method for modules of models: what Python modules hold, and the docstrings of fields.

    Yields a line, a function's name, a message and its comments.
    """
    source = file.read()
    yield from extract_python(BytesIO(source), keywords, comment_tags, options)  # type: ignore[arg-type]
    for line, docstring in field_docstrings(source):
        yield line, None, docstring, []


def field_docstrings(source: bytes) -> Iterator[tuple[int, str]]:
    """The line and the text of each docstring below a field of a class."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            for field, below in zip(node.body, node.body[1:], strict=False):
                if isinstance(field, ast.AnnAssign) and isinstance(below, ast.Expr):
                    yield below.lineno, inspect.cleandoc(ast.literal_eval(below.value))
