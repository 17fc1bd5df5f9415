"""From claims to conclusions: who wins, what follows, and that the same input gives the same bytes."""

import gzip
import os
import random
import shutil
import subprocess
import sys

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

import pyfwgraph as fw
from pyfwgraph.build.run import build, check
from pyfwgraph.corpus import read_corpus
from pyfwgraph.errors import DataError
from tests.conftest import ONTOLOGY, TOY


def values(toy, subject, predicate):
    return [row[0] for row in toy.query(f"SELECT ?v {{ {subject} {predicate} ?v }} ORDER BY ?v")]


def test_the_newer_of_two_equal_sources_wins(toy):
    assert values(toy, "fw:teakettle", "doap:homepage") == ["http://teakettle.example/"]
    assert values(toy, "fw:teakettle", "rdfs:label") == ["Teakettle"]


def test_a_name_that_loses_is_an_alternative(toy):
    assert values(toy, "fw:teakettle", "skos:altLabel") == ["Tea Kettle", "TeaKettle"]


def test_precedence_beats_age(toy):
    assert values(toy, "fw:teakettle", "dcterms:license") == ["spdx:MIT"]


def test_documentation_counts_as_such_for_its_own_project_alone(world, tmp_path):
    with (world / "curated" / "boiler.trig").open("a", encoding="utf-8") as file:
        file.write('GRAPH src:teakettle-documentation { fw:boiler dcterms:description "What Teakettle needs."@en . }')
    graph = fw.load(build(world, ONTOLOGY, tmp_path / "built").folder / "dataset.nq.gz")
    assert values(graph, "fw:boiler", "dcterms:description") == ["Library that heats."]
    graph.close()


def test_releases_of_all_sources_are_numbered_together(world, tmp_path):
    shutil.copytree(TOY.parent / "harvested", world / "harvested")
    with (world / "curated" / "teakettle.trig").open("a", encoding="utf-8") as file:
        file.write(
            'GRAPH src:survey-2012 { rel:teakettle-0.5 a fwo:Release ; fwo:releaseOf fw:teakettle ; doap:revision "0.5" . }'
        )
    graph = fw.load(build(world, ONTOLOGY, tmp_path / "built").folder / "dataset.nq.gz")
    rows = graph.query(
        "SELECT ?order ?version ?pre { ?r fwo:releaseOf fw:teakettle ; doap:revision ?version ; fwo:releaseOrder ?order ; fwo:preRelease ?pre } ORDER BY ?order"
    )
    assert [tuple(row) for row in rows] == [
        (1, "0.5", False),
        (2, "0.9", False),
        (3, "1.0", False),
        (4, "1.1rc1", True),
        (5, "2.0", False),
    ]
    graph.close()


def licences(folder, output):
    lines = gzip.decompress((build(folder, ONTOLOGY, output).folder / "dataset.nq.gz").read_bytes()).decode()
    begin = (
        "<https://w3id.org/pyfwgraph/project/teakettle> <http://purl.org/dc/terms/license> <http://spdx.org/licenses/"
    )
    said = [line.removeprefix(begin) for line in lines.splitlines() if line.startswith(begin)]
    return [line.removesuffix("> .") for line in said if line.endswith("> .") and "source/" not in line]


TWO = ("curated/teakettle.trig", "licenses/MIT>", "licenses/MIT> , <http://spdx.org/licenses/0BSD>")


def test_all_licences_of_the_source_that_counts_hold_and_no_other(spoil, tmp_path):
    assert licences(spoil(*TWO), tmp_path / "out") == ["0BSD", "MIT"]


def test_a_ruling_on_a_licence_leaves_that_one_alone(spoil, tmp_path):
    spoil(*TWO)
    ruling = """GRAPH src:rulings { claim:ruling-licence a fwo:Ruling ; fwo:subject fw:teakettle ;
        fwo:predicate <http://purl.org/dc/terms/license> ; fwo:object <http://spdx.org/licenses/MIT> ;
        fwo:verdict cat:accepted ; rdfs:comment "The other is of the manual."@en . }"""
    assert licences(spoil("curated/_rulings.trig", "", ruling), tmp_path / "out") == ["MIT"]


def test_a_ruling_decides_first(toy):
    assert values(toy, "fw:teakettle", "fwo:inspiredBy") == []
    assert toy.query("ASK { GRAPH src:survey-2012 { fw:teakettle fwo:inspiredBy fw:samovar } }")


def test_there_is_one_cell_for_each_pair_and_it_rests_on_the_winner(toy):
    rows = toy.query(
        "SELECT ?cell ?level ?from { ?cell a fwo:FeatureSupport ; fwo:feature feat:signed-cookies ; fwo:level ?level ; prov:wasDerivedFrom ?from }"
    )
    assert [tuple(row) for row in rows] == [
        ("claim:teakettle-signed-cookies", "cat:built-in", "claim:teakettle-signed-cookies-survey-2012")
    ]


def test_a_feature_is_had_or_lacked_and_never_both(toy):
    assert values(toy, "fw:teakettle", "fwo:hasFeature") == ["feat:signed-cookies"]
    assert values(toy, "fw:teakettle", "fwo:lacksFeature") == ["feat:admin-interface"]


def test_what_is_certain_beats_what_is_not(toy):
    assert toy.query("ASK { claim:teakettle-with-cup-templates fwo:level cat:default }")
    assert values(toy, "fw:teakettle", "fwo:defaultTemplateEngine") == ["fw:cup-templates"]
    assert values(toy, "fw:teakettle", "fwo:integratesWith") == ["fw:cup-templates"]


def test_broader_properties_and_classes_are_said_too(toy):
    assert values(toy, "fw:teakettle", "fwo:descendsFrom") == ["fw:potwarmer"]
    assert values(toy, "fw:teakettle", "fwo:dependsOn") == ["fw:boiler"]
    assert toy.query("ASK { fw:teakettle a fwo:Project }")


def test_first_last_and_latest_release_follow(toy):
    assert values(toy, "fw:teakettle", "fwo:firstReleased") == ["2012-05"]
    assert str(values(toy, "fw:teakettle", "fwo:lastReleased")[0]) == "2012-06-01"
    assert values(toy, "fw:teakettle", "fwo:latestRelease") == ["rel:teakettle-1.0"]


def test_counting_is_right_where_two_sources_agree(toy):
    assert toy.query("SELECT (COUNT(*) AS ?n) { fw:teakettle fwo:buildsOn ?x }")[0]["n"] == 1
    assert toy.query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { fw:teakettle fwo:buildsOn ?x } }")[0]["n"] == 2


def test_every_subject_has_one_label(toy):
    rows = toy.query(
        "SELECT ?s (COUNT(?l) AS ?n) { ?s ?p ?o OPTIONAL { ?s rdfs:label ?l } } GROUP BY ?s ?p ?o HAVING(COUNT(?l) != 1)"
    )
    assert len(rows) == 0, rows


def test_what_lost_says_why(toy_built):
    reasons = {
        f"{lost.claim.subject.rpartition('/')[2]} {lost.claim.predicate.rpartition('#')[2].rpartition('/')[2]}": lost.reason
        for lost in toy_built.lost
    }
    assert reasons["teakettle license"] == "precedence: src:teakettle-documentation counts 2, against 3"
    assert reasons["teakettle homepage"] == "newer: src:survey-2012 of 2012-05-04, against 2010-01-01"
    assert reasons["teakettle inspiredBy"] == "ruling: The authors never saw a samovar."


def test_the_same_input_gives_the_same_bytes_in_another_order_of_files(toy_built, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(TOY, folder)
    names = sorted((folder / "curated").iterdir())
    random.Random(1).shuffle(names)
    for path in names:
        content = path.read_bytes()
        path.unlink()
        path.write_bytes(content)
        os.utime(path, (1, 1))
    built = build(folder, ONTOLOGY, tmp_path / "out")
    assert built.digest == toy_built.digest
    for name in ("dataset.nq.gz", "context.jsonld", "digest.txt"):
        assert (tmp_path / "out" / name).read_bytes() == (toy_built.folder / name).read_bytes()


def test_the_digest_is_that_of_the_canonical_form(toy_built):
    import hashlib

    text = gzip.decompress((toy_built.folder / "dataset.nq.gz").read_bytes())
    dataset = Dataset(parse(text, format=RdfFormat.N_QUADS))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    canonical = "".join(sorted(f"{quad} .\n" for quad in dataset))
    assert hashlib.sha256(canonical.encode()).hexdigest() == toy_built.digest


def test_an_interrupted_build_leaves_the_former_one_whole(toy_built, tmp_path):
    output = tmp_path / "out"
    shutil.copytree(toy_built.folder, output)
    code = f"""
import os, pyfwgraph.build.run as run
from pathlib import Path
run._replace = lambda path, content: os._exit(9)
run.build(Path({str(TOY)!r}), Path({str(ONTOLOGY)!r}), Path({str(output)!r}))
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 9
    assert (output / "digest.txt").read_text().strip() == toy_built.digest
    assert gzip.decompress((output / "dataset.nq.gz").read_bytes())


def test_a_conclusion_whose_source_nobody_describes_fails_the_build(spoil):
    folder = spoil("sources.ttl", "src:pyfwgraph-ontology a fwo:Source ;", "src:another a fwo:Source ;")
    with pytest.raises(DataError, match="which data/sources.ttl does not describe"):
        check(folder, ONTOLOGY)


def test_accepting_a_value_that_no_source_has_makes_it_hold(spoil, tmp_path):
    folder = spoil(
        "curated/_rulings.trig",
        "",
        """GRAPH src:rulings { claim:ruling-label a fwo:Ruling ; fwo:subject fw:teakettle ; fwo:predicate rdfs:label ;
        fwo:object "TEAKETTLE" ; fwo:verdict cat:accepted ; rdfs:comment "So it is."@en . }""",
    )
    built = build(folder, ONTOLOGY, tmp_path / "out")
    lines = gzip.decompress((built.folder / "dataset.nq.gz").read_bytes()).decode()
    assert (
        '<https://w3id.org/pyfwgraph/project/teakettle> <http://www.w3.org/2000/01/rdf-schema#label> "TEAKETTLE" .\n'
        in lines
    )


def test_a_ruled_out_release_takes_its_facts_along(spoil, tmp_path):
    folder = spoil(
        "curated/_rulings.trig",
        "",
        """GRAPH src:rulings { claim:ruling-release a fwo:Ruling ; fwo:subject rel:teakettle-1.0 ; fwo:predicate fwo:releaseOf ;
        fwo:object fw:teakettle ; fwo:verdict cat:rejected ; rdfs:comment "Never released."@en . }""",
    )
    built = build(folder, ONTOLOGY, tmp_path / "out")
    lines = gzip.decompress((built.folder / "dataset.nq.gz").read_bytes()).decode().splitlines()
    assert not [
        line
        for line in lines
        if "release/teakettle-1.0>" in line.split(" ")[0] and line.count("<") < 4 and "source/" not in line
    ]


def test_a_corpus_tells_the_line_of_a_name():
    corpus = read_corpus(TOY, ONTOLOGY)
    (file,) = [name for name in corpus.files if name.endswith("curated/teakettle.trig")]
    assert corpus.line_of(file, "fwo:Framework") is not None
    assert corpus.line_of(file, "no such name") is None
