import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from pyfwgraph.term import IRI, LangString, from_term, to_term

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]))


@given(TEXT)
def test_text_survives_the_way_through_a_term(text):
    assert from_term(to_term(text)) == text


@given(TEXT)
def test_the_engine_reads_a_written_text_as_the_same_text(text):
    (quad,) = parse(f"<x:s> <x:p> {to_term(text)} .", format=RdfFormat.N_TRIPLES)
    assert quad == Quad(NamedNode("x:s"), NamedNode("x:p"), Literal(text))


@given(TEXT)
def test_what_the_engine_writes_is_read_as_the_same_text(text):
    assert from_term(str(Literal(text))) == text


@given(
    st.one_of(
        st.integers(),
        st.booleans(),
        st.floats(allow_nan=False),
        st.dates(),
        st.decimals(allow_nan=False, allow_infinity=False),
    )
)
def test_numbers_booleans_and_dates_come_back_as_they_were(value):
    back = from_term(to_term(value))
    assert back == value
    assert type(back) is type(value)


def test_a_time_of_day_and_a_moment_are_pythons():
    assert from_term('"2012-05-04T10:00:00"^^<http://www.w3.org/2001/XMLSchema#dateTime>') == datetime.datetime(
        2012, 5, 4, 10
    )
    assert from_term(to_term(datetime.datetime(2012, 5, 4, 10))) == datetime.datetime(2012, 5, 4, 10)


def test_a_year_stays_text():
    assert from_term('"2012"^^<http://www.w3.org/2001/XMLSchema#gYear>') == "2012"


def test_an_ill_formed_number_stays_text():
    assert from_term('"many"^^<http://www.w3.org/2001/XMLSchema#integer>') == "many"


def test_a_language_is_kept():
    value = from_term('"Rahmen"@de')
    assert isinstance(value, LangString)
    assert value.language == "de"
    assert to_term(value) == '"Rahmen"@de'


def test_an_iri_is_compact_and_full():
    iri = from_term("<https://w3id.org/pyfwgraph/project/flask>")
    assert iri == "fw:flask"
    assert iri.full == "https://w3id.org/pyfwgraph/project/flask"


@pytest.mark.parametrize("bad", ["http://x/ y", "http://x/<", 'http://x/"', "", "http://x/}"])
def test_an_iri_that_could_break_out_of_its_brackets_is_refused(bad):
    with pytest.raises(ValueError, match="is no IRI"):
        to_term(IRI(bad))


def test_a_value_without_a_term_is_refused_with_what_to_give():
    with pytest.raises(TypeError, match="give a str, int"):
        to_term(object())


def test_decimals_have_no_exponent():
    assert to_term(Decimal("1E+3")) == '"1000"^^<http://www.w3.org/2001/XMLSchema#decimal>'
