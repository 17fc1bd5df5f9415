"""SHACL validation of all claims, merged into one graph, with the shapes of `ontology/shapes.ttl`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyfwgraph.corpus import Corpus
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
    from rdflib import Graph

    if not corpus.shapes.is_file():
        raise DataError(f"no shapes at {corpus.shapes}: they belong to the ontology folder")
    data = _merged(corpus)
    _, report, _ = pyshacl.validate(
        data,
        shacl_graph=Graph().parse(corpus.shapes),
        inference="none",
        advanced=False,
        do_owl_imports=False,
        inplace=True,
    )
    files = _files(corpus)
    yield from sorted(set(_findings(report, corpus, files)))


def _merged(corpus: Corpus) -> Any:
    from rdflib import Graph

    claims = (*corpus.claims, *corpus.descriptions, *corpus.ontology)
    lines = {f"<{c.subject}> <{c.predicate}> {c.object} .\n" for c in claims}
    graph = Graph()
    graph.parse(data="".join(sorted(lines)), format="nt")
    return graph


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
