"""A mistake of each kind in the source files is found, with file, line where known, and what to do."""

import pytest

from pyfwgraph.build.run import build, check
from pyfwgraph.errors import DataError
from tests.conftest import ONTOLOGY, TOY

KETTLE = "curated/teakettle.trig"


def findings(folder):
    return [str(finding) for finding in check(folder, ONTOLOGY)]


def test_the_toy_world_is_well():
    assert findings(TOY) == []


MISTAKES = {
    "missing name": (KETTLE, 'rdfs:label "Teakettle" ; ', "", None),
    "missing name everywhere": (
        "curated/boiler.trig",
        'rdfs:label "Boiler" ;',
        "",
        r"boiler\.trig:\d+: fw:boiler rdfs:label: needs a name",
    ),
    "name with a language": ("curated/boiler.trig", '"Boiler" ;', '"Boiler"@en ;', "without a language tag"),
    "missing description": (
        "curated/boiler.trig",
        'dcterms:description "Library that heats."@en ;',
        "",
        "needs a description",
    ),
    "date as string": (
        KETTLE,
        '"2012-05"^^xsd:gYearMonth',
        '"2012-05"',
        r"teakettle\.trig:\d+: rel:teakettle-1.0 dcterms:issued .* a date is typed",
    ),
    "impossible date": (
        KETTLE,
        '"2012-05"^^xsd:gYearMonth',
        '"2011-05-84"^^xsd:date',
        "a date is typed|not UTF|dcterms:issued",
    ),
    "unknown property": (
        KETTLE,
        "fwo:buildsOn fw:boiler ; fwo:inspiredBy",
        "fwo:buildOn fw:boiler ; fwo:inspiredBy",
        r"unknown property fwo:buildOn \(did you mean fwo:buildsOn\?\)",
    ),
    "class as property": (
        KETTLE,
        "fwo:inspiredBy fw:samovar",
        "fwo:Framework fw:samovar",
        "fwo:Framework is a class and stands where a property belongs",
    ),
    "unknown class": (
        KETTLE,
        'a fwo:Framework ; rdfs:label "Teakettle"',
        'a fwo:Framwork ; rdfs:label "Teakettle"',
        r"unknown class fwo:Framwork \(did you mean fwo:Framework\?\)",
    ),
    "nobody describes it": (
        KETTLE,
        "fwo:buildsOn fw:boiler ; fwo:inspiredBy",
        "fwo:buildsOn fw:boilr ; fwo:inspiredBy",
        r"fw:teakettle fwo:buildsOn fw:boilr: nobody describes fw:boilr; .*did you mean fw:boiler",
    ),
    "fact outside a graph": (
        KETTLE,
        "",
        "\nfw:teakettle fwo:runsOn fw:fire .\n",
        r"teakettle\.trig:\d+: fw:teakettle fwo:runsOn: a fact outside a source's graph",
    ),
    "graph of no source": (
        KETTLE,
        "GRAPH src:survey-2010",
        "GRAPH src:survey-2011",
        "graph src:survey-2011 is no described source",
    ),
    "project in a wrong file": (
        "curated/boiler.trig",
        "",
        "\nGRAPH src:survey-2012 { fw:fire fwo:runsOn fw:boiler . }\n",
        r"fw:fire belongs in curated/fire\.trig",
    ),
    "file of nobody": (
        "curated/nobody.trig",
        "",
        "PREFIX src: <https://w3id.org/pyfwgraph/source/>\n",
        "nothing in it is about fw:nobody",
    ),
    "no slug": (
        KETTLE,
        "fwo:inspiredBy fw:samovar",
        "fwo:inspiredBy fw:samovar . fw:Tea_Pot a fwo:Component",
        "fw:Tea_Pot is no slug; write fw:tea-pot",
    ),
    "level of another kind": (
        KETTLE,
        "fwo:level cat:built-in",
        "fwo:level cat:supported",
        "a feature cell has one level",
    ),
    "two levels": (
        KETTLE,
        "fwo:level cat:built-in",
        "fwo:level cat:built-in , cat:none",
        "a feature cell has one level",
    ),
    "feature that is a category": (
        KETTLE,
        "fwo:feature feat:signed-cookies ; fwo:level cat:built-in",
        "fwo:feature cat:micro-framework ; fwo:level cat:built-in",
        "a concept of the scheme fwo:features",
    ),
    "category that is a feature": (
        KETTLE,
        "fwo:category cat:micro-framework",
        "fwo:category feat:orm",
        "a concept of the scheme fwo:categories",
    ),
    "licence that is none": (
        KETTLE,
        "spdx.org/licenses/MIT",
        "opensource.org/licenses/MIT",
        "a licence is an SPDX IRI",
    ),
    "homepage as text": (
        KETTLE,
        "doap:homepage <http://teakettle.example/>",
        'doap:homepage "http://teakettle.example/"',
        "a homepage is an IRI",
    ),
    "implements no specification": (
        KETTLE,
        "fwo:implements fw:wsgi",
        "fwo:implements fw:fire",
        "what is implemented is a fwo:Specification",
    ),
    "appraisal without words": (
        KETTLE,
        ' ; rdfs:comment "Starts with almost no set-up."@en',
        "",
        "needs a comment in our own English words",
    ),
    "denial of nothing": (
        KETTLE,
        'fwo:object fw:samovar ;\n    rdfs:comment "The history',
        'rdfs:comment "The history',
        "names the object of the denied triple",
    ),
    "observation of an unknown property": (
        KETTLE,
        "sosa:observedProperty fwo:gitHubStars",
        "sosa:observedProperty fwo:category",
        "measures one property",
    ),
    "release of nobody": (
        KETTLE,
        'fwo:releaseOf fw:teakettle ; doap:revision "1.0"',
        'doap:revision "1.0"',
        "a release belongs to one project",
    ),
    "event without a project": (
        "curated/_events.trig",
        "prov:used fw:potwarmer ; prov:generated fw:teakettle ;",
        "",
        "an event uses or generates a project",
    ),
    "ruling without verdict": (
        "curated/_rulings.trig",
        "fwo:verdict cat:rejected ;",
        "",
        "a verdict is cat:accepted or cat:rejected",
    ),
    "source without precedence": ("sources.ttl", "; fwo:precedence 2 .", ".", "a source has a precedence"),
    "e-mail address": (
        "curated/_agents.trig",
        "Wrote Teakettle.",
        "Write to a.person@teakettle.example.",
        "an e-mail address in dcterms:description",
    ),
    "blank node": (KETTLE, "fwo:inspiredBy fw:samovar", "fwo:inspiredBy []", "no blank nodes"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_each_mistake_is_found(spoil, mistake):
    file, old, new, words = MISTAKES[mistake]
    folder = spoil(file, old, new)
    if mistake == "blank node":
        with pytest.raises(DataError, match=words):
            findings(folder)
        return
    found = "\n".join(findings(folder))
    if words is None:
        assert found == ""  # another source names it still
    else:
        import re

        assert re.search(words, found), found


def test_a_cycle_of_descent_is_found(spoil):
    folder = spoil("curated/potwarmer.trig", "", "\nGRAPH src:survey-2010 { fw:potwarmer fwo:forkOf fw:teakettle . }\n")
    assert any("a cycle in fwo:descendsFrom: fw:potwarmer → fw:teakettle → fw:potwarmer" in f for f in findings(folder))


def test_a_child_older_than_its_parent_is_found(spoil):
    folder = spoil("curated/potwarmer.trig", '"2009-03-01"', '"2013-03-01"')
    (finding,) = findings(folder)
    assert "the child's first release, 2012-05, is before the parent's, 2013-03-01" in finding


def test_a_coarse_date_is_not_called_older(spoil):
    assert findings(spoil("curated/potwarmer.trig", '"2009-03-01"', '"2012-05-31"')) == []


def test_a_mistake_of_syntax_has_file_and_line(spoil):
    folder = spoil(KETTLE, "fwo:inspiredBy fw:samovar", "fwo:inspiredBy fw:samovar fwo:buildsOn")
    with pytest.raises(DataError, match=r"teakettle\.trig:\d+: "):
        findings(folder)


def test_a_file_that_is_no_text_is_named(world):
    (world / "curated" / "boiler.trig").write_bytes(b"\xff\xfe broken")
    with pytest.raises(DataError, match=r"boiler\.trig"):
        findings(world)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(DataError, match="no folder"):
        check(tmp_path / "none", ONTOLOGY)


def test_a_build_of_spoiled_data_writes_nothing(spoil, tmp_path):
    output = tmp_path / "out"
    before = build(TOY, ONTOLOGY, output)
    files = {path.name: path.read_bytes() for path in output.iterdir()}
    folder = spoil("curated/boiler.trig", 'rdfs:label "Boiler" ;', "")
    with pytest.raises(DataError, match="1 finding, nothing was written"):
        build(folder, ONTOLOGY, output)
    assert {path.name: path.read_bytes() for path in output.iterdir()} == files
    assert before.digest in (output / "digest.txt").read_text()
