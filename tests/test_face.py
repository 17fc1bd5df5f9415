"""What a user sees first: few names, nothing heavy, one line for an answer."""

import subprocess
import sys

import pyfwgraph

HEAVY = [
    "rdflib",
    "networkx",
    "pyld",
    "SPARQLWrapper",
    "pandas",
    "matplotlib",
    "pyoxigraph",
    "click",
    "rich",
    "typing",
    "re",
    "subprocess",
]


def test_the_face_shows_exactly_these_names():
    shown = {
        name
        for name in vars(pyfwgraph)
        if not name.startswith("_") and not isinstance(getattr(pyfwgraph, name), type(sys))
    }
    assert shown - {"annotations", "TYPE_CHECKING"} | {"Project"} == set(pyfwgraph.__all__)
    assert pyfwgraph.Project


def test_every_public_name_has_a_docstring():
    for name in pyfwgraph.__all__:
        thing = getattr(pyfwgraph, name)
        assert name == "PREFIXES" or (thing.__doc__ and thing.__doc__.strip()), name


def test_import_loads_nothing_heavy():
    code = f"import sys; before = set(sys.modules); import pyfwgraph; print([m for m in {HEAVY} if m in sys.modules and m not in before])"
    out = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path[:] = {sys.path!r}; {code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert out.stdout.strip() == "[]"


def test_an_unknown_attribute_is_an_attribute_error():
    assert not hasattr(pyfwgraph, "nonsense")


def test_one_line_answers_on_the_packaged_graph():
    assert pyfwgraph.query("ASK { fw:klein fwo:buildsOn fw:twisted }")
    assert [r[0] for r in pyfwgraph.query("SELECT ?n { ?x rdfs:label ?n }", x=pyfwgraph.IRI("fw:flask"))] == ["Flask"]


def test_a_graph_says_what_it_is(toy):
    assert repr(pyfwgraph.load()) == "<Graph of the packaged graph>"
    assert "dataset.nq.gz" in repr(toy)
