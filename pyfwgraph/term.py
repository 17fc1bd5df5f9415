"""RDF terms as Python values, and Python values as RDF terms.

Between processes a term travels as its N-Triples text: `<iri>`, `"text"@en`, `"5"^^<…integer>`, `_:b0`. This module is
the one place that reads and writes that form.
"""

from __future__ import annotations

from pyfwgraph.vocabulary import PREFIXES, compress_iri, expand_curie

TYPE_CHECKING = False  # the module typing would cost a new process several milliseconds
if TYPE_CHECKING:
    from datetime import date, datetime, time
    from decimal import Decimal
    from typing import TypeAlias

    Value: TypeAlias = "str | int | float | bool | Decimal | date | datetime | time"
    """What a cell of a result can be; an unbound cell is None."""

_XSD = PREFIXES["xsd"]
_INTEGERS = frozenset(
    _XSD + name
    for name in (
        *("integer", "int", "long", "short", "byte", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte"),
        *("nonNegativeInteger", "nonPositiveInteger", "positiveInteger", "negativeInteger"),
    )
)


_known: dict[str, Value] = {}
_MOST_KNOWN = 100_000
"""Values are kept by their terms, because answers name the same things again and again."""

_NOT_IN_IRIS = frozenset(map(chr, range(0x21))) | frozenset('<>"{}|^`\\')


class IRI(str):
    """An IRI, shown as a compact name where a prefix is known.

    As a string it is the compact name; `full` is the IRI itself. Bound to a variable of a query it is an IRI, not text.

    >>> flask = IRI("https://w3id.org/pyfwgraph/project/flask")
    >>> flask, flask.full
    (IRI('fw:flask'), 'https://w3id.org/pyfwgraph/project/flask')
    >>> IRI("fw:flask") == flask == "fw:flask"
    True
    """

    __slots__ = ()

    def __new__(cls, text: str) -> IRI:
        return super().__new__(cls, compress_iri(expand_curie(text)))

    @property
    def full(self) -> str:
        """The IRI, written out."""
        return expand_curie(str(self))

    def __repr__(self) -> str:
        return f"IRI({str(self)!r})"


class LangString(str):
    """A text with its language tag in `language`.

    >>> LangString("Rahmenwerk", "de").language
    'de'
    """

    __slots__ = ("language",)
    language: str

    def __new__(cls, text: str, language: str) -> LangString:
        value = super().__new__(cls, text)
        value.language = language
        return value


def from_term(text: str) -> Value:
    """Give the Python value of a term in N-Triples form.

    Numbers, booleans, dates and times become Python's own; IRIs become `IRI`, text with a language `LangString`;
    everything else, years, months and ill-formed numbers included, stays text as written.

    >>> from_term('"2011-05-01"^^<http://www.w3.org/2001/XMLSchema#date>')
    datetime.date(2011, 5, 1)
    """
    value = _known.get(text)
    if value is None:
        if len(_known) > _MOST_KNOWN:
            _known.clear()
        value = _known[text] = _read(text)
    return value


def _read(text: str) -> Value:
    if text.startswith("<") and not text.startswith("<<"):
        return IRI(text[1:-1])
    if not text.startswith('"'):
        return text
    end = text.rindex('"')
    value, suffix = text[1:end], text[end + 1 :]
    if "\\" in value:
        value = _unescape(value)
    if not suffix:
        return value
    if suffix.startswith("@"):
        return LangString(value, suffix[1:])
    return _typed(value, suffix[3:-1])


def _typed(value: str, datatype: str) -> Value:
    try:
        if datatype in _INTEGERS:
            return int(value)
        if datatype == _XSD + "boolean":
            return value in ("true", "1")
        if datatype in (_XSD + "double", _XSD + "float"):
            return float(value)
        if datatype == _XSD + "decimal":
            from decimal import Decimal

            return Decimal(value)
        if datatype in (_XSD + "date", _XSD + "dateTime", _XSD + "time"):
            import datetime

            kind = datatype[len(_XSD) :]
            if kind == "date":
                return datetime.date.fromisoformat(value)
            return (datetime.datetime if kind == "dateTime" else datetime.time).fromisoformat(value)
    except (ValueError, ArithmeticError):
        return value
    return value


def to_term(value: object) -> str:
    """Give the N-Triples form of a Python value.

    An `IRI`, or anything with an `iri`, becomes an IRI; other text becomes a plain literal.

    Raises:
        TypeError: The value is of a kind that no term has.

    >>> to_term(IRI("fw:flask")), to_term("Flask")
    ('<https://w3id.org/pyfwgraph/project/flask>', '"Flask"')
    """
    if isinstance(value, IRI):
        return f"<{_checked(value.full)}>"
    if isinstance(value, LangString):
        return f'"{_escape(value)}"@{value.language}'
    if isinstance(value, str):
        return f'"{_escape(value)}"'
    if isinstance(value, bool):
        return f'"{str(value).lower()}"^^<{_XSD}boolean>'
    if isinstance(value, int):
        return f'"{value}"^^<{_XSD}integer>'
    if isinstance(value, float):
        return f'"{_double(value)}"^^<{_XSD}double>'
    if isinstance(iri := getattr(value, "iri", None), IRI):
        return to_term(iri)
    return _rarer_term(value)


def _rarer_term(value: object) -> str:
    import datetime
    from decimal import Decimal

    if isinstance(value, datetime.datetime):
        return f'"{value.isoformat()}"^^<{_XSD}dateTime>'
    if isinstance(value, datetime.date):
        return f'"{value.isoformat()}"^^<{_XSD}date>'
    if isinstance(value, Decimal) and value.is_finite():
        return f'"{value:f}"^^<{_XSD}decimal>'
    raise TypeError(
        f"{value!r} cannot be bound: give a str, int, float, bool, Decimal, date, datetime, an IRI or a project"
    )


def _double(value: float) -> str:
    return {"inf": "INF", "-inf": "-INF", "nan": "NaN"}.get(repr(value), repr(value))


def _checked(iri: str) -> str:
    if not iri or not _NOT_IN_IRIS.isdisjoint(iri):
        raise ValueError(f'{iri!r} is no IRI: it holds a blank or one of <>"{{}}|^`\\ , which must be %-escaped')
    return iri


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")


_ESCAPES = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}


def _unescape(text: str) -> str:
    out, rest = [], text
    while rest:
        plain, slash, rest = rest.partition("\\")
        out.append(plain)
        if not slash:
            break
        width = {"u": 4, "U": 8}.get(rest[0], 0)
        out.append(chr(int(rest[1 : 1 + width], 16)) if width else _ESCAPES[rest[0]])
        rest = rest[1 + width :]
    return "".join(out)
