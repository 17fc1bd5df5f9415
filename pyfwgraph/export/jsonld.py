"""JSON-LD with our own context inline, written in one pass: a node a line, named graphs after the default graph.

A general compaction of a large dataset takes minutes; over one fixed context it is a walk over sorted quads.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from pyfwgraph.corpus import Claim
from pyfwgraph.errors import StoreError
from pyfwgraph.store import PACKAGED
from pyfwgraph.term import IRI, LangString, from_term
from pyfwgraph.vocabulary import PREFIXES, RDF_TYPE, compress_iri

_XSD_STRING = PREFIXES["xsd"] + "string"


def read_context() -> dict[str, Any]:
    """Give the packaged JSON-LD context.

    Raises:
        StoreError: The package was installed without it.
    """
    try:
        document = json.loads((Path(PACKAGED) / "context.jsonld").read_text(encoding="utf-8"))
    except OSError as error:
        raise StoreError(
            f"no packaged context ({error}): run 'pyfwgraph build', or install the package again"
        ) from error
    context: dict[str, Any] = document["@context"]
    return context


def jsonld_lines(claims: Iterable[Claim]) -> Iterator[str]:
    """Write claims, sorted by graph for this, as one JSON-LD document.

    >>> "".join(jsonld_lines([])).startswith('{"@context": {')
    True
    """
    context = read_context()
    names = {_expanded(definition): name for name, definition in context.items() if isinstance(definition, dict)}
    typed = {name for name, definition in context.items() if isinstance(definition, dict) and "@type" in definition}
    yield '{"@context": ' + json.dumps(context, ensure_ascii=False) + ',\n"@graph": ['
    separator = "\n"
    for graph, statements in groupby(sorted(claims, key=lambda claim: claim[3]), key=lambda claim: claim.graph):
        nodes = (json.dumps(node, ensure_ascii=False) for node in _nodes(statements, names, typed))
        if graph:
            yield f'{separator}{{"@id": {json.dumps(compress_iri(graph))}, "@graph": [\n' + ",\n".join(nodes) + "\n]}"
            separator = ",\n"
        else:
            for node in nodes:
                yield separator + node
                separator = ",\n"
    yield "\n]}\n"


def _expanded(definition: dict[str, str]) -> str:
    prefix, _, local = definition["@id"].partition(":")
    return PREFIXES[prefix] + local


def _nodes(statements: Iterable[Claim], names: dict[str, str], typed: set[str]) -> Iterator[dict[str, Any]]:
    for subject, own in groupby(sorted(statements), key=lambda claim: claim.subject):
        node: dict[str, Any] = {"@id": compress_iri(subject)}
        for predicate, claims in groupby(own, key=lambda claim: claim.predicate):
            if predicate == RDF_TYPE:
                values: list[Any] = [compress_iri(claim.object[1:-1]) for claim in claims]
                node["@type"] = values if len(values) > 1 else values[0]
            else:
                name = names.get(predicate, compress_iri(predicate))
                values = [_value(claim.object, name in typed) for claim in claims]
                node[name] = values if len(values) > 1 else values[0]
        yield node


def _value(term: str, coerced: bool) -> Any:
    value = from_term(term)
    if isinstance(value, IRI):
        return str(value) if coerced else {"@id": str(value)}
    end = term.rindex('"')
    text = from_term(term[: end + 1])
    if isinstance(value, LangString):
        return {"@value": text, "@language": value.language}
    datatype = term[end + 4 : -1]
    return {"@value": text, "@type": compress_iri(datatype)} if datatype and datatype != _XSD_STRING else text
