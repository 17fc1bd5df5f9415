"""The ontology is whole, uses only terms that exist, is consistent, and its context is its own."""

import json

import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, DOAP, FOAF, OWL, PROV, RDF, RDFS, SDO, SKOS, SOSA, VOID, XSD

from pyfwgraph.build.context import make_context
from pyfwgraph.corpus import read_corpus
from pyfwgraph.vocabulary import PREFIXES, expand_curie
from tests.conftest import ONTOLOGY, ROOT, TOY

FWO = rdflib.Namespace(PREFIXES["fwo"])
FILES = ("terms.ttl", "reused.ttl", "schemes.ttl")
KNOWN = {str(space): space for space in (DCAT, DCTERMS, DOAP, FOAF, OWL, PROV, RDF, RDFS, SDO, SKOS, SOSA, VOID, XSD)}


@pytest.fixture(scope="module")
def ontology():
    graph = rdflib.Graph()
    for name in FILES:
        graph.parse(ONTOLOGY / name)
    return graph


def terms(graph, *kinds):
    return sorted({s for kind in kinds for s in graph.subjects(RDF.type, kind) if str(s).startswith(str(FWO))})


def test_every_class_has_label_definition_example_and_alignment(ontology):
    for term in terms(ontology, OWL.Class):
        for needed in (RDFS.label, SKOS.definition, SKOS.example, RDFS.subClassOf, RDFS.isDefinedBy):
            assert ontology.value(term, needed), f"{term} lacks {needed}"


def test_every_property_has_label_definition_domain_range_and_example(ontology):
    for term in terms(ontology, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property):
        for needed in (RDFS.label, SKOS.definition, SKOS.example, RDFS.domain, RDFS.range, RDFS.isDefinedBy):
            assert ontology.value(term, needed), f"{term} lacks {needed}"


def test_every_class_is_under_a_known_one(ontology):
    for term in terms(ontology, OWL.Class):
        above = set(ontology.transitive_objects(term, RDFS.subClassOf)) - {term}
        assert any(not str(one).startswith(str(FWO)) for one in above), f"{term} has no alignment"


def test_every_concept_has_label_definition_and_scheme(ontology):
    concepts = sorted(ontology.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) > 250
    for concept in concepts:
        for needed in (RDFS.label, SKOS.definition, SKOS.inScheme):
            assert ontology.value(concept, needed), f"{concept} lacks {needed}"


def test_no_concept_is_its_own_ancestor(ontology):
    for concept in ontology.subjects(RDF.type, SKOS.Concept):
        for broader in ontology.objects(concept, SKOS.broader):
            assert concept not in ontology.transitive_objects(broader, SKOS.broader), concept


def test_two_concepts_of_a_scheme_have_two_labels(ontology):
    seen = {}
    for concept, scheme in ontology.subject_objects(SKOS.inScheme):
        key = (scheme, str(ontology.value(concept, RDFS.label)).lower())
        assert seen.setdefault(key, concept) == concept, f"{concept} and {seen[key]} have one label"


def foreign_terms(graph):
    for triple in graph:
        for term in triple:
            if isinstance(term, rdflib.URIRef):
                for namespace, members in KNOWN.items():
                    if str(term).startswith(namespace):
                        yield term, members, str(term)[len(namespace) :]


@pytest.mark.parametrize("name", [*FILES, "shapes.ttl"])
def test_every_reused_term_exists_in_its_vocabulary(name):
    graph = rdflib.Graph().parse(ONTOLOGY / name)
    missing = {term for term, members, local in foreign_terms(graph) if local and local not in members}
    assert missing == set()


def test_every_term_that_the_data_use_exists_in_its_vocabulary(packaged):
    used = {r[0] for r in packaged.query("SELECT DISTINCT ?p { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }")}
    used |= {r[0] for r in packaged.query("SELECT DISTINCT ?c { ?s a ?c }")}
    for name in used:
        full = expand_curie(name)
        namespaces = [namespace for namespace in KNOWN if full.startswith(namespace)]
        assert namespaces or full.startswith(str(FWO)), f"{full} is of no vocabulary that is known here"
        for namespace in namespaces:
            assert full[len(namespace) :] in KNOWN[namespace], f"{full} does not exist"


def test_a_term_that_does_not_exist_would_be_noticed():
    graph = rdflib.Graph().parse(data="<x:s> <http://usefulinc.com/ns/doap#homepages> <x:o> .")
    assert [local for _, members, local in foreign_terms(graph) if local not in members] == ["homepages"]


def test_every_licence_in_the_data_is_one_of_spdx(packaged):
    from packaging.licenses import canonicalize_license_expression

    for (licence,) in packaged.query(
        "SELECT DISTINCT ?l { { ?s dcterms:license ?l } UNION { GRAPH ?g { ?s dcterms:license ?l } } }"
    ):
        name = licence.full.removeprefix(PREFIXES["spdx"])
        assert canonicalize_license_expression(name) == name


def inconsistencies(graph):
    import owlrl

    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, rdfs_closure=True).expand(graph)
    return [str(o) for o in graph.objects(None, rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#error"))]


def small_world(*more):
    graph = rdflib.Graph()
    for name in ("terms.ttl", "reused.ttl"):
        graph.parse(ONTOLOGY / name)
    dataset = rdflib.Dataset(default_union=True)
    for path in sorted(TOY.rglob("*.trig")):
        dataset.parse(path)
    for s, p, o, _ in dataset.quads():
        graph.add((s, p, o))
    for triple in more:
        graph.add(triple)
    return graph


def test_the_ontology_with_the_toy_world_is_consistent_under_owl_2_rl():
    assert inconsistencies(small_world()) == []


def test_the_reasoner_notices_a_contradiction():
    teakettle = rdflib.URIRef(PREFIXES["fw"] + "teakettle")
    assert inconsistencies(small_world((teakettle, RDF.type, FWO.Release)))


def test_the_reasoner_finds_the_super_classes_that_the_build_says():
    graph = small_world()
    assert inconsistencies(graph) == []
    teakettle = rdflib.URIRef(PREFIXES["fw"] + "teakettle")
    assert (teakettle, RDF.type, DOAP.Project) in graph
    assert (teakettle, FWO.descendsFrom, rdflib.URIRef(PREFIXES["fw"] + "potwarmer")) in graph


def test_the_context_is_the_one_made_from_the_ontology():
    corpus = read_corpus(TOY, ONTOLOGY)
    committed = (ONTOLOGY / "context.jsonld").read_text(encoding="utf-8")
    assert committed == make_context(corpus.ontology), (
        "make it anew: pyfwgraph build, then copy packaged/context.jsonld"
    )
    assert committed.splitlines()[0].startswith('{"generated"')


def test_the_context_names_every_property_of_ours(ontology):
    context = json.loads((ROOT / "ontology" / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    named = {expand_curie(definition["@id"]) for definition in context.values() if isinstance(definition, dict)}
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property)
    assert {str(term) for term in terms(ontology, *kinds)} <= named
