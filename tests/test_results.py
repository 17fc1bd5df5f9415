import csv
import io
import json

import pytest
from pyoxigraph import QueryResultsFormat, parse_query_results

import pyfwgraph as fw
from pyfwgraph.results import Rows, Verdict

QUERY = """SELECT ?x ?n ?d ?t ?missing {
  VALUES (?x ?n ?d ?t) { (fw:teakettle 5 "2012-05-04"^^xsd:date "a,b \\"c\\""@en) (<http://a.example/?x> 2.5 true "line\\nbreak") }
} ORDER BY ?n"""


@pytest.fixture(scope="module")
def rows(toy):
    return toy.query(QUERY)


def test_a_row_unpacks_and_is_indexed_by_name_and_position(rows):
    x, n, d, t, missing = rows[1]
    assert (x, n, t, missing) == ("fw:teakettle", 5, 'a,b "c"', None)
    assert rows[1]["x"] == rows[1][0] == x
    assert str(d) == "2012-05-04"
    assert rows[1].to_dict()["n"] == 5
    assert rows[-1] == rows[1]
    assert rows[:1] == [rows[0]]


def test_an_unknown_column_names_those_that_are(rows):
    with pytest.raises(KeyError, match="the columns are x, n, d, t, missing"):
        rows[0]["y"]


def test_rows_have_a_length_columns_and_dictionaries(rows):
    assert len(rows) == 2
    assert rows.columns == ("x", "n", "d", "t", "missing")
    assert [set(d) for d in rows.to_dicts()] == [set(rows.columns)] * 2
    assert bool(rows)
    assert not rows.truncated


def test_csv_reads_back(rows):
    back = list(csv.reader(io.StringIO(rows.to_csv(), newline="")))
    assert back == [
        ["x", "n", "d", "t", "missing"],
        ["http://a.example/?x", "2.5", "true", "line\nbreak", ""],
        ["fw:teakettle", "5", "2012-05-04", 'a,b "c"', ""],
    ]


def test_sparql_json_reads_back_into_the_same_terms(rows, toy):
    back = parse_query_results(rows.to_sparql_json().encode(), format=QueryResultsFormat.JSON)
    cells = [tuple(None if term is None else str(term) for term in solution) for solution in back]
    assert cells == [tuple(c) for c in rows.cells]
    assert json.loads(toy.query("ASK {}").to_sparql_json()) == {"head": {}, "boolean": True}


def test_pandas_gets_the_same_cells(rows):
    frame = rows.to_pandas()
    assert list(frame.columns) == list(rows.columns)
    assert frame["n"].tolist() == [2.5, 5]


def test_a_table_shows_in_a_terminal_and_a_notebook(rows):
    text = repr(rows)
    assert "fw:teakettle" in text
    assert "2 rows" in text
    html = rows._repr_html_()
    assert "<th>missing</th>" in html
    assert "line\nbreak" in html


def test_html_is_escaped():
    rows = Rows(("<b>",), [('"<script>"',)])
    assert "<script>" not in rows._repr_html_()


def test_a_long_table_shows_its_beginning_and_its_length():
    rows = Rows(("n",), [(f'"{n}"',) for n in range(1000)])
    assert "first 50 of 1,000 rows" in repr(rows)
    assert len(repr(rows).splitlines()) < 60


def test_ask_is_true_or_false(toy):
    yes, no = toy.query("ASK { ?s ?p ?o }"), toy.query("ASK { fw:nobody ?p ?o }")
    assert yes
    assert not no
    assert (repr(yes), repr(no)) == ("true", "false")
    assert yes == True  # noqa: E712
    assert yes != no
    assert hash(yes) == hash(Verdict(True))


def test_a_graph_serialises_to_turtle_ntriples_and_jsonld(toy):
    from pyoxigraph import RdfFormat, parse

    graph = toy.query("DESCRIBE fw:teakettle")
    assert len(graph) == len(list(graph)) > 5
    assert graph[0][0] == "fw:teakettle"
    forms = [
        (graph.to_turtle(), RdfFormat.TURTLE),
        (graph.to_ntriples(), RdfFormat.N_TRIPLES),
        (graph.to_jsonld(), RdfFormat.JSON_LD),
    ]
    quads = [{str(quad) for quad in parse(text, format=form)} for text, form in forms]
    assert quads[0] == quads[1] == quads[2]
    assert "@prefix fw:" in graph.to_turtle()
    assert graph.to_ntriples().splitlines() == sorted(graph.to_ntriples().splitlines())


def test_a_row_tells_its_columns(rows):
    assert repr(rows[1]).startswith("Row(x=IRI('fw:teakettle'), n=5, d=datetime.date(2012, 5, 4)")


def test_results_are_sequences(rows):
    assert rows[0] in rows
    assert list(reversed(rows))[0] == rows[1]
    assert isinstance(fw.query("ASK {}"), fw.Verdict)
