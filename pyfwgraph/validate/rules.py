"""Rules that a shape cannot hold: which graph a fact stands in, which terms and nodes exist, what a file may hold."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterator

from pyfwgraph.corpus import ONTOLOGY_GRAPH, Claim, Corpus, iri, is_ours
from pyfwgraph.validate.finding import Finding
from pyfwgraph.vocabulary import BASE, PREFIXES, RDF_TYPE, compress_iri, slug

_FWO, _SRC = PREFIXES["fwo"], PREFIXES["src"]
_OWL = PREFIXES["owl"]
_CLASS = f"<{_OWL}Class>"
_CLAIM_KINDS = {
    f"<{_FWO}{n}>"
    for n in ("FeatureSupport", "Integration", "Appraisal", "Denial", "Ruling", "Dependency", "Observation")
}
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[a-z]{2,}")


def check_rules(corpus: Corpus) -> Iterator[Finding]:
    """Give a finding for each statement that breaks a rule."""
    terms = _Terms(corpus)
    for file, claims in corpus.files.items():
        seen: set[str] = set()
        in_ontology = bool(claims) and claims[0].graph == ONTOLOGY_GRAPH
        for claim in claims:
            checks = terms.check(claim) if in_ontology else (*_check_graph(claim, terms), *terms.check(claim))
            for name, message in (*checks, *_check_node(claim)):
                if message not in seen:
                    seen.add(message)
                    yield Finding(file, corpus.line_of(file, name) or 0, message)
        if not in_ontology:
            yield from _check_file(corpus, file, claims)


Problem = tuple[str, str]
"""The name to look for in the file, and the message."""


class _Terms:
    """What the ontology declares and what the data describe."""

    def __init__(self, corpus: Corpus) -> None:
        kinds: dict[str, set[str]] = defaultdict(set)
        for claim in corpus.ontology:
            if claim.predicate == RDF_TYPE:
                kinds[claim.subject].add(claim.object)
        self.classes = {name for name, kind in kinds.items() if _CLASS in kind}
        self.concepts = {name for name, kind in kinds.items() if _CLASS not in kind}
        self.properties = {
            name
            for name, kind in kinds.items()
            if kind
            & {
                f"<{_OWL}ObjectProperty>",
                f"<{_OWL}DatatypeProperty>",
                f"<{_OWL}AnnotationProperty>",
                f"<{PREFIXES['rdf']}Property>",
            }
        }
        self.described = {c.subject for c in (*corpus.claims, *corpus.descriptions) if c.predicate == RDF_TYPE}
        self.described |= set(kinds)
        self.sources = {
            c.subject for c in corpus.descriptions if c.predicate == RDF_TYPE and c.object == f"<{_FWO}Source>"
        }

    def check(self, claim: Claim) -> Iterator[Problem]:
        predicate, value = claim.predicate, iri(claim.object)
        name = compress_iri(predicate)
        if predicate in self.classes:
            yield name, f"{name} is a class and stands where a property belongs: write 'a {name}', or name the property"
        elif predicate not in self.properties and predicate != RDF_TYPE:
            near = _nearest(predicate, self.properties)
            yield name, f"unknown property {name}{near}; declare a new one in ontology/terms.ttl"
        if predicate == RDF_TYPE and value not in self.classes:
            yield compress_iri(value), f"unknown class {compress_iri(value)}{_nearest(value, self.classes)}"
        elif predicate != RDF_TYPE and value.startswith(BASE) and value not in self.described:
            missing, near = compress_iri(value), _nearest(value, self.described)
            message = f"{compress_iri(claim.subject)} {name} {missing}: nobody describes {missing}"
            yield missing, f"{message}; give it a file with a type, a label and a description, or mend the name{near}"


def _nearest(name: str, known: set[str]) -> str:
    near = difflib.get_close_matches(compress_iri(name), [compress_iri(k) for k in known], n=1, cutoff=0.75)
    return f" (did you mean {near[0]}?)" if near else ""


def _check_graph(claim: Claim, terms: _Terms) -> Iterator[Problem]:
    subject = compress_iri(claim.subject)
    if not claim.graph:
        if not claim.subject.startswith(_SRC) and claim.subject != BASE + "dataset":
            yield (
                subject,
                (
                    f"{subject} {compress_iri(claim.predicate)}: a fact outside a source's graph; write it inside "
                    "GRAPH src:… { } of the source that states it"
                ),
            )
    elif claim.graph not in terms.sources:
        graph = compress_iri(claim.graph)
        yield graph, f"graph {graph} is no described source; describe it in data/sources.ttl"


def _check_node(claim: Claim) -> Iterator[Problem]:
    subject = compress_iri(claim.subject)
    if not is_ours(claim.subject) and claim.graph != ONTOLOGY_GRAPH:
        yield subject, f"{subject}: facts are about nodes of this dataset; give the thing an IRI of ours"
    for prefix in ("fw", "agent", "pub", "ev", "src", "feat", "cat"):
        if claim.subject.startswith(PREFIXES[prefix]):
            local = claim.subject[len(PREFIXES[prefix]) :]
            if not _SLUG.fullmatch(local):
                yield subject, f"{prefix}:{local} is no slug; write {prefix}:{slug(local)}"
    if claim.object.startswith('"') and _EMAIL.search(claim.object):
        yield subject, f"{subject}: an e-mail address in {compress_iri(claim.predicate)}; take it out"


def _check_file(corpus: Corpus, file: str, claims: list[Claim]) -> Iterator[Finding]:
    """A file `curated/<slug>.trig` holds what is said of that project; other subjects stand in files of their own."""
    folder, _, name = file.rpartition("/")
    stem = name.removesuffix(".trig")
    if not folder.endswith("curated") or stem.startswith("_"):
        return
    owner = PREFIXES["fw"] + stem
    if owner not in {claim.subject for claim in claims}:
        yield Finding(
            file, 0, f"nothing in it is about fw:{stem}: name the file after its project, or begin its name with _"
        )
    for other in sorted({c.subject for c in claims if c.subject.startswith(PREFIXES["fw"]) and c.subject != owner}):
        line = corpus.line_of(file, compress_iri(other)) or 0
        yield Finding(file, line, f"{compress_iri(other)} belongs in curated/{other.rpartition('/')[2]}.trig")
