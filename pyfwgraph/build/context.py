"""The JSON-LD context, made from the ontology: prefixes, and a short name for each property."""

from __future__ import annotations

import json
from collections.abc import Iterable

from pyfwgraph.corpus import Claim
from pyfwgraph.vocabulary import PREFIXES, RDF_TYPE, compress_iri

_OBJECT_PROPERTY = f"<{PREFIXES['owl']}ObjectProperty>"
_PROPERTIES = {
    _OBJECT_PROPERTY,
    f"<{PREFIXES['owl']}DatatypeProperty>",
    f"<{PREFIXES['owl']}AnnotationProperty>",
    f"<{PREFIXES['rdf']}Property>",
}
_NOTE = "made from terms.ttl and reused.ttl by 'pyfwgraph build'; do not edit"


def make_context(ontology: Iterable[Claim]) -> str:
    """Give the context as a JSON-LD document.

    A property is named by its local name; where two share one, ours has it and the other keeps its CURIE. A property
    whose values are things is typed so, and its values are plain names.
    """
    kinds = {
        claim.subject: claim.object for claim in ontology if claim.predicate == RDF_TYPE and claim.object in _PROPERTIES
    }
    context: dict[str, object] = dict(PREFIXES)
    for iri in sorted(kinds, key=lambda iri: (not iri.startswith(PREFIXES["fwo"]), iri)):
        curie = compress_iri(iri)
        local = curie.partition(":")[2]
        definition = {"@id": curie}
        if kinds[iri] == _OBJECT_PROPERTY:
            definition["@type"] = "@id"
        context[curie if local in context else local] = definition
    lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(value)}" for name, value in context.items())
    return f'{{"generated": {json.dumps(_NOTE)},\n"@context": {{\n{lines}\n}}}}\n'
