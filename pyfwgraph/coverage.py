"""What the graph holds, and where it is thin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyfwgraph.results import Rows
from pyfwgraph.term import to_term

if TYPE_CHECKING:
    from pyfwgraph.dataset import Dataset

COUNTS = {
    "projects": "?x a fwo:Project",
    "frameworks": "?x a fwo:Framework",
    "components": "?x a fwo:Component",
    "specifications": "?x a fwo:Specification",
    "people and organisations": "?x a ?kind FILTER(?kind IN (foaf:Person, foaf:Organization))",
    "publications": "?x a fwo:Publication",
    "releases": "?x a fwo:Release",
    "dependencies": "?x a fwo:Dependency",
    "features": "?x skos:inScheme fwo:features",
    "feature cells of sources": "GRAPH ?g { ?x a fwo:FeatureSupport }",
    "feature cells with the page that says so": "GRAPH ?g { ?x a fwo:FeatureSupport ; dcterms:source ?page }",
    "feature cells concluded": "?x a fwo:FeatureSupport",
    "frameworks with feature cells": "?cell a fwo:FeatureSupport ; fwo:project ?x . ?x a fwo:Framework",
    "descents and influences": """?child ?edge ?parent
        FILTER(?edge IN (fwo:renamedFrom, fwo:forkOf, fwo:rewriteOf, fwo:splitFrom, fwo:successorOf, fwo:mergedInto,
          fwo:inspiredBy))
        BIND(CONCAT(STR(?child), STR(?edge), STR(?parent)) AS ?x)""",
    "lineage events": "?x a fwo:LineageEvent",
    "appraisals": "?x a fwo:Appraisal",
    "observations": "?x a fwo:Observation",
    "denials": "?x a fwo:Denial",
    "rulings": "GRAPH src:rulings { ?x a fwo:Ruling }",
    "sources": "?x a fwo:Source",
}
"""What is counted: the distinct values of ?x in a pattern."""

STATEMENTS = """\
SELECT (COUNT(*) AS ?number) { GRAPH ?g { ?s ?p ?o } FILTER(?g != src:pyfwgraph-ontology) }"""

CONCLUSIONS = "SELECT (COUNT(*) AS ?number) { ?s ?p ?o }"

BY_SOURCE = """\
SELECT ?source ?kind (COUNT(*) AS ?number) {
  GRAPH ?source { ?s ?p ?o }
  FILTER(?source != src:pyfwgraph-ontology)
  OPTIONAL { GRAPH ?source { ?s a ?type } FILTER(?p = rdf:type && ?type = ?o) }
  BIND(IF(BOUND(?type), ?type, ?p) AS ?kind)
  FILTER(?p != rdf:type || STRSTARTS(STR(?kind), "https://w3id.org/pyfwgraph/ontology#"))
} GROUP BY ?source ?kind ORDER BY ?source DESC(?number) ?kind"""

FEWEST_FACTS = """\
SELECT ?project (COUNT(?p) AS ?facts) { ?project a fwo:Framework ; ?p ?o } GROUP BY ?project ORDER BY ?facts ?project"""

ONE_USER = """\
SELECT ?feature (SAMPLE(?project) AS ?user) {
  ?project fwo:hasFeature ?feature
} GROUP BY ?feature HAVING(COUNT(DISTINCT ?project) = 1) ORDER BY ?feature"""

WITHOUT_CATEGORY = """\
SELECT ?project { ?project a fwo:Framework FILTER NOT EXISTS { ?project fwo:category ?c } } ORDER BY ?project"""

WITHOUT_STATUS = """\
SELECT ?project { ?project a fwo:Framework FILTER NOT EXISTS { ?project fwo:status ?s } } ORDER BY ?project"""

WITHOUT_LINK = """\
SELECT ?project {
  ?project a fwo:Framework
  FILTER NOT EXISTS { ?project doap:homepage|schema:codeRepository|doap:documentation|fwo:purl|fwo:linkAsWritten ?link }
} ORDER BY ?project"""

UNUSED_FEATURES = """\
SELECT ?feature {
  ?feature skos:inScheme fwo:features
  FILTER NOT EXISTS { ?claim fwo:feature ?feature } FILTER NOT EXISTS { ?narrower skos:broader ?feature }
} ORDER BY ?feature"""

TABLES = {
    "statements by source and kind": BY_SOURCE,
    "frameworks with the fewest facts": FEWEST_FACTS,
    "features with one user only": ONE_USER,
    "features that nothing is said of": UNUSED_FEATURES,
    "frameworks with no category": WITHOUT_CATEGORY,
    "frameworks with no status": WITHOUT_STATUS,
    "frameworks with no link": WITHOUT_LINK,
}
"""Each table of the report: its title and the query that makes it."""


def cover(dataset: Dataset) -> list[tuple[str, Rows]]:
    """Give the tables of the coverage report with their titles.

    >>> import pyfwgraph as fw
    >>> dict(cover(fw.load()))["totals"][0]["what"]
    'projects'
    """
    return [("totals", _totals(dataset)), *((title, dataset.query(sparql)) for title, sparql in TABLES.items())]


def _totals(dataset: Dataset) -> Rows:
    queries = {what: f"SELECT (COUNT(DISTINCT ?x) AS ?number) {{ {pattern} }}" for what, pattern in COUNTS.items()}
    queries |= {"statements of sources": STATEMENTS, "conclusions": CONCLUSIONS}
    numbers = {what: dataset.query(sparql)[0]["number"] for what, sparql in queries.items()}
    return Rows(("what", "number"), [(to_term(what), to_term(number)) for what, number in numbers.items()])
