"""One project as a JSON-LD document, framed with pyld from what a SPARQL query gives of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pyfwgraph.errors import ExportError, UnknownName
from pyfwgraph.export.context import REVERSE, tidy_context
from pyfwgraph.export.jsonld import arranged
from pyfwgraph.term import IRI, to_term
from pyfwgraph.trig import XSD_STRING
from pyfwgraph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from pyfwgraph.dataset import Dataset
    from pyfwgraph.results import Rows

OF_PROJECT = """\
SELECT ?node ?property ?value {
  ?node (fwo:releaseOf|fwo:dependent|fwo:project|sosa:hasFeatureOfInterest|fwo:subject)? ?project .
  ?node ?property ?value
} ORDER BY ?node ?property ?value"""

_PARTS = {"subject": "node", "predicate": "property", "object": "value"}
_LANG_STRING = PREFIXES["rdf"] + "langString"
_REFERENCE = {"@embed": "@never"}
_INSIDE = {"type": {}, "@embed": "@always", "sinceRelease": _REFERENCE, "untilRelease": _REFERENCE}
"""What hangs on a project stands in it whole; the releases that it names stand there by name."""


def to_jsonld(dataset: Dataset, iri: IRI) -> dict[str, Any]:
    """Give what is concluded of a project, and what hangs on it, as a JSON-LD document with its context inline.

    The same object as the dump `jsonld` has for the project. Any dataset that answers SPARQL will do.

    Args:
        dataset: Where to ask.
        iri: The project.

    Raises:
        UnknownName: Nothing is said of it.
        ExportError: The dataset's `max_rows` cuts the answer.

    >>> import pyfwgraph as fw
    >>> flask = to_jsonld(fw.load(), fw.IRI("fw:flask"))
    >>> flask["label"], flask["releases"][0]["revision"]
    ('Flask', '0.1')
    """
    from pyld import jsonld

    answer = dataset.query(OF_PROJECT, project=iri)
    if answer.truncated:
        raise ExportError(f"{iri} is more than the limit of rows lets through: open the dataset with a larger max_rows")
    if not answer:
        raise UnknownName(f"nothing is said of {iri}: look its name up with Graph.project")
    options = {"documentLoader": _refuse, "useNativeTypes": True, "omitDefault": True}
    expanded = jsonld.from_rdf(_dataset(answer), options)
    framed = jsonld.frame(expanded, frame_of(iri), options)
    return {"@context": framed.pop("@context"), **arranged(framed)}


def frame_of(iri: IRI) -> dict[str, Any]:
    """Give the JSON-LD frame of a project.

    >>> frame_of(IRI("fw:flask"))["id"]
    'https://w3id.org/pyfwgraph/project/flask'
    """
    return {"@context": tidy_context(), "id": iri.full, "@embed": "@never", **dict.fromkeys(REVERSE, _INSIDE)}


def _dataset(rows: Rows) -> dict[str, Any]:
    """Rows of subject, predicate and object as a dataset of pyld (its reader of N-Triples takes quadratic time)."""
    solutions = json.loads(rows.to_sparql_json())["results"]["bindings"]
    triples = [{part: _term(it[name]) for part, name in _PARTS.items()} for it in solutions]
    return {"@default": sorted(triples, key=_place)}


def _term(found: dict[str, str]) -> dict[str, str]:
    if found["type"] != "literal":
        blank = found["type"] == "bnode"
        return {"type": "blank node" if blank else "IRI", "value": f"_:{found['value']}" if blank else found["value"]}
    language = found.get("xml:lang")
    datatype = _LANG_STRING if language else found.get("datatype", XSD_STRING)
    return {"type": "literal", "value": found["value"], "datatype": datatype} | (
        {"language": language} if language else {}
    )


def _place(triple: dict[str, dict[str, str]]) -> tuple[str, ...]:
    """The order of N-Triples."""
    value = triple["object"]
    suffix = "@" + value["language"] if "language" in value else value.get("datatype", "").removeprefix(XSD_STRING)
    text = to_term(value["value"]) if value["type"] == "literal" else f"<{value['value']}>"
    return triple["subject"]["value"], triple["predicate"]["value"], text + suffix


def _refuse(url: str, _options: object) -> dict[str, Any]:
    raise ExportError(f"{url} was not fetched: contexts stand inside the documents")
