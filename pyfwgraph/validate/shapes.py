"""SHACL validation of all claims, merged into one graph, with the shapes of `ontology/shapes.ttl`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from pyfwgraph.corpus import Corpus, iri
from pyfwgraph.errors import DataError
from pyfwgraph.validate.finding import Finding
from pyfwgraph.vocabulary import PREFIXES, compress_iri

_SH = PREFIXES["sh"]


def check_shapes(corpus: Corpus) -> Iterator[Finding]:
    """Give a finding for each violation of a shape.

    Raises:
        DataError: The shapes themselves cannot be read.
    """
    import pyshacl

    if not corpus.shapes.is_file():
        raise DataError(f"no shapes at {corpus.shapes}: they belong to the ontology folder")
    data = _merged(corpus)
    _, report, _ = pyshacl.validate(
        data,
        shacl_graph=_read_shapes(corpus),
        inference="none",
        advanced=False,
        do_owl_imports=False,
        inplace=True,
    )
    files = _files(corpus)
    yield from sorted(set(_findings(report, corpus, files)))


def _read_shapes(corpus: Corpus) -> Any:
    """Give the shapes, with each property shape of a class aimed at that class itself.

    It means the same, and pyshacl then looks at a property of all nodes in one call instead of one for each node.
    """
    from rdflib import RDF, SH, Graph

    shapes = Graph().parse(corpus.shapes)
    for shape in set(shapes.subjects(SH.targetClass)):
        for part in list(shapes.objects(shape, SH.property)):
            shapes.remove((shape, SH.property, part))
            shapes.add((part, RDF.type, SH.PropertyShape))
            for target in shapes.objects(shape, SH.targetClass):
                shapes.add((part, SH.targetClass, target))
    return shapes


def _merged(corpus: Corpus) -> Any:
    from rdflib import Graph

    claims = (*corpus.claims, *corpus.descriptions, *corpus.ontology)
    to_node = cache(_to_node)
    graph = Graph()
    for subject, predicate, value in {claim.triple for claim in claims}:
        graph.add((to_node(f"<{subject}>"), to_node(f"<{predicate}>"), to_node(value)))
    return graph


def _to_node(term: str) -> Any:
    """Give rdflib's node for a term in N-Triples form; rdflib's own parser makes each term anew wherever it stands."""
    from pyoxigraph import RdfFormat, parse
    from rdflib import Literal, URIRef

    if name := iri(term):
        return URIRef(name)
    literal = next(iter(parse(f"<s:> <p:> {term} .", format=RdfFormat.N_TRIPLES))).object
    if literal.language or literal.datatype.value == PREFIXES["xsd"] + "string":
        return Literal(literal.value, lang=literal.language)
    return Literal(literal.value, datatype=URIRef(literal.datatype.value))


def _files(corpus: Corpus) -> dict[str, str]:
    files: dict[str, str] = {}
    for file, claims in corpus.files.items():
        for claim in claims:
            files.setdefault(claim.subject, file)
    return files


def _findings(report: Any, corpus: Corpus, files: dict[str, str]) -> Iterator[Finding]:
    from rdflib import URIRef

    for result in report.subjects(URIRef(_SH + "resultSeverity")):
        node = str(report.value(result, URIRef(_SH + "focusNode")))
        path = report.value(result, URIRef(_SH + "resultPath"))
        value = report.value(result, URIRef(_SH + "value"))
        said = str(report.value(result, URIRef(_SH + "resultMessage")))
        name = compress_iri(node)
        file = files.get(node, "")
        about = f" {compress_iri(str(path))}" if path is not None else ""
        given = f" {value.n3()}" if value is not None and path is not None else ""
        line = corpus.line_of(file, name) if file else None
        yield Finding(file, line or 0, f"{name}{about}{given}: {said}")
