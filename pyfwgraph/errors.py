"""Every error of this package, as one tree. Each message says what to do next.

PyfwgraphError
├── DataError          a file of data/ or ontology/ is wrong: file, line where known, remedy
├── StoreError         the packaged or a given dataset cannot be opened
├── UnknownName        no project of that name (the nearest names are in `suggestions`)
├── ExportError        a graph cannot be written in that form
├── HarvestError       a repository cannot be read
└── QueryError         a query cannot be answered
    ├── QuerySyntaxError   it is not SPARQL
    ├── QueryRefused       it asks for what is switched off: the network, an update, too deep a nesting
    ├── QueryTimeout       it ran longer than its limit
    └── EngineDied         the process that ran it ended: out of memory, or ended from outside
"""

from __future__ import annotations


class PyfwgraphError(Exception):
    """Anything that goes wrong here and that a user can act on."""


class DataError(PyfwgraphError):
    """A source file is wrong.

    Args:
        message: What is wrong and what to do.
        file: The file, relative to the folder that was read.
        line: The line, counted from 1, where the parser knows it.
    """

    def __init__(self, message: str, *, file: str = "", line: int | None = None) -> None:
        self.file, self.line = file, line
        where = f"{file}:{line}: " if file and line else f"{file}: " if file else ""
        super().__init__(where + message)


class StoreError(PyfwgraphError):
    """The dataset cannot be opened."""


class UnknownName(PyfwgraphError, LookupError):
    """No project has that name; `suggestions` holds the nearest ones."""

    def __init__(self, message: str, suggestions: tuple[str, ...] = ()) -> None:
        self.suggestions = suggestions
        super().__init__(message)


class ExportError(PyfwgraphError):
    """A graph cannot be written in that form."""


class HarvestError(PyfwgraphError):
    """A repository cannot be read."""


class QueryError(PyfwgraphError):
    """A query cannot be answered."""


class QuerySyntaxError(QueryError, ValueError):
    """The text is not a SPARQL query."""


class QueryRefused(QueryError):
    """The query asks for something that is switched off."""


class QueryTimeout(QueryError, TimeoutError):
    """The query ran longer than its limit."""


class EngineDied(QueryError):
    """The process that ran the query ended before it could answer."""
