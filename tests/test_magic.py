"""The cell magic answers queries in a notebook."""

import pytest
from IPython.core.error import UsageError
from IPython.testing.globalipapp import get_ipython as make_shell

import pyfwgraph as fw


@pytest.fixture(scope="module")
def shell():
    made = make_shell()
    made.run_line_magic("load_ext", "pyfwgraph.magic")
    return made


def ask(shell, line, cell="SELECT ?name { ?project rdfs:label ?name }"):
    return shell.run_cell_magic("sparql", line, cell)


def test_a_cell_is_answered_on_the_packaged_graph(shell):
    rows = ask(shell, "", "SELECT ?name { fw:flask rdfs:label ?name }")
    assert [tuple(row) for row in rows] == [("Flask",)]


def test_a_graph_a_binding_and_a_variable_may_be_named(shell, toy):
    shell.push({"kettles": toy, "mine": fw.IRI("fw:teakettle")})
    assert ask(shell, "--graph kettles --bind project=mine --into rows") is None
    assert [tuple(row) for row in shell.user_ns["rows"]] == [("Teakettle",)]
    assert [tuple(row) for row in ask(shell, "--graph kettles --bind project=fw:boiler")] == [("Boiler",)]


@pytest.mark.parametrize("line", ["--graph nothing", "--bind project", "--nonsense"])
def test_wrong_words_are_told(shell, line):
    with pytest.raises(UsageError):
        ask(shell, line)
