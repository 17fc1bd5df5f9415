"""Every competency question parses, answers, and gives what is written beside these tests.

The expected answers stand in `queries/<name>.csv`, the first rows of long ones. They are looked at by a person when they
are written anew: `python -m tests.test_questions`.
"""

import csv
import io
from pathlib import Path

import pytest

import pyfwgraph
from pyfwgraph.catalogue import question_names, read_question
from pyfwgraph.errors import UnknownName

EXPECTED = Path(__file__).parent / "queries"
KEPT = 40


def answer(graph, name):
    rows = graph.answer(name)
    text = rows.to_csv()
    lines = list(csv.reader(io.StringIO(text, newline="")))
    head, body = lines[0], lines[1 : KEPT + 1]
    return [head, *body, [f"{len(rows)} rows"]]


@pytest.mark.parametrize("name", question_names())
def test_the_answer_is_the_expected_one(packaged, name):
    with (EXPECTED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        assert answer(packaged, name) == list(csv.reader(file))


@pytest.mark.parametrize("name", question_names())
def test_a_question_is_one_and_its_answer_is_not_empty(packaged, name):
    question = read_question(name)
    assert question.question.endswith("?")
    assert "ORDER BY" in question.sparql
    assert len(packaged.answer(name)) > 0


@pytest.mark.parametrize("name", question_names())
def test_a_question_answers_on_the_toy_world_too(toy, name):
    question = read_question(name)
    values = {p.name: pyfwgraph.IRI("fw:teakettle") for p in question.parameters}
    assert toy.answer(name, **values).columns


def test_no_expected_answer_is_left_over():
    assert {path.stem for path in EXPECTED.glob("*.csv")} == set(question_names())


def test_a_parameter_takes_any_name_of_a_project(toy):
    for name in ("teakettle", "Tea Kettle", "fw:teakettle", toy.project("teakettle")):
        assert [r["name"] for r in toy.answer("builds-on", project=name)] == ["Boiler", "Fire"]


def test_an_unknown_question_or_parameter_names_what_there_is(toy):
    with pytest.raises(UnknownName, match="the nearest are builds-on"):
        toy.answer("build-on")
    with pytest.raises(UnknownName, match="it takes project"):
        toy.answer("builds-on", projekt="x")


def test_the_questions_are_listed(packaged):
    listed = packaged.questions()
    assert [row["name"] for row in listed] == list(question_names())


def write():
    """Write every expected answer anew."""
    graph = pyfwgraph.load()
    EXPECTED.mkdir(exist_ok=True)
    for old in EXPECTED.glob("*.csv"):
        old.unlink()
    for name in question_names():
        with (EXPECTED / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(answer(graph, name))


if __name__ == "__main__":
    write()
