"""The command line as a user meets it: real processes, pipes, exit statuses."""

import csv
import io
import json
import os
import subprocess
import sys

import pytest

from pyfwgraph.cli import COMMANDS
from tests.conftest import ONTOLOGY, ROOT, TOY


def run(*arguments, stdin=None, check=0, **options):
    result = subprocess.run(
        [sys.executable, "-m", "pyfwgraph", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        **options,
    )
    assert result.returncode == check, result.stderr
    assert "Traceback" not in result.stderr
    return result


def test_a_named_question_is_answered():
    rows = list(csv.DictReader(io.StringIO(run("query", "builders", "--bind", "component=Werkzeug").stdout)))
    assert "Clastic" in [row["name"] for row in rows]


def test_sparql_text_a_file_and_standard_input_are_answered(tmp_path):
    query = "ASK { fw:klein fwo:buildsOn fw:twisted }"
    (tmp_path / "q.rq").write_text(query)
    for answer in (run("query", query), run("query", tmp_path / "q.rq"), run("query", "-", stdin=query)):
        assert answer.stdout == "true\n"


def test_each_form_is_written():
    assert json.loads(run("query", "builds-on", "--bind", "project=klein", "--format", "json").stdout)["head"]["vars"]
    assert run("query", "builds-on", "--bind", "project=klein", "--format", "csv").stdout.startswith("project,")
    assert "Twisted" in run("query", "builds-on", "--bind", "project=klein", "--format", "table").stdout
    assert "@prefix fw:" in run("query", "DESCRIBE fw:klein {}", "--format", "ttl").stdout
    json.loads(run("query", "DESCRIBE fw:klein {}", "--format", "jsonld").stdout)
    json.loads(run("query", "ASK {}", "--format", "json").stdout)


@pytest.mark.parametrize(
    "value", ["fw:klein", "<https://w3id.org/pyfwgraph/project/klein>", "https://w3id.org/pyfwgraph/project/klein"]
)
def test_a_binding_may_be_a_curie_or_an_iri(value):
    out = run("query", "SELECT ?n { ?x rdfs:label ?n }", "--bind", f"x={value}").stdout
    assert out.splitlines() == ["n", "Klein"]


def test_a_binding_may_be_text():
    out = run("query", "SELECT ?x { ?x rdfs:label ?n }", "--bind", "n=Klein").stdout
    assert "fw:klein" in out


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["query", "SELECT ?x {"], 1, "not a SPARQL query"),
        (["query", "no-such-question"], 1, "the nearest are"),
        (["query", "builds-on", "--bind", "project=Kleinn"], 1, "the nearest are Klein"),
        (["query", "builds-on", "--bind", "project"], 2, "NAME=VALUE"),
        (["query", "SELECT * { SERVICE <http://a/> {} }"], 1, "network=True"),
        (
            ["query", "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i", "--timeout", "0.3"],
            1,
            "longer than its limit",
        ),
        (["query", "ASK {}", "--format", "yaml"], 2, "Invalid value"),
        (["query", "DESCRIBE fw:klein {}", "--format", "csv"], 2, "printed as ttl or jsonld"),
        (["query", "SELECT * { ?s ?p ?o } LIMIT 1", "--format", "ttl"], 2, "table, json or csv"),
        (["show", "Flaskk"], 1, "the nearest are Flask"),
        (["show"], 2, "Missing argument"),
        (["nonsense"], 2, "No such command"),
        (["query", "ASK {}", "--graph", "/nowhere.nq"], 1, "no such file"),
        (["export", "--format", "nquads", "--output", "/nowhere/x.nq"], 1, "cannot be written"),
        (["build", "--data", "/nowhere"], 1, "no folder"),
        (["compare", "flask"], 1, "two projects or more"),
        (["frameworks", "--feature", "websockit"], 1, "the nearest are WebSocket"),
        (["choose", "websockit"], 1, "nothing is called 'websockit'"),
        (["deps", "flask", "--as-of", "tomorrow"], 1, "is no date"),
        (["lineage", "flask", "--events", "--format", "svg"], 2, "--events is a table"),
        (["export"], 2, "--all DIR for every form"),
    ],
)
def test_a_users_mistake_has_a_message_and_its_own_status(arguments, status, words):
    result = run(*arguments, check=status)
    assert words in result.stderr
    assert result.stdout == ""


def test_a_reader_that_goes_away_is_no_error():
    command = f"{sys.executable} -m pyfwgraph query 'SELECT * {{ ?s ?p ?o }}' | head -n 1"
    result = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, check=False)
    assert result.stdout.startswith("s,p,o")
    assert result.stderr == ""


def test_rows_cut_by_a_limit_are_told_on_standard_error():
    result = run("query", "SELECT * { ?s ?p ?o }", "--max-rows", "2")
    assert len(result.stdout.splitlines()) == 3
    assert "there is more" in result.stderr


def test_a_project_is_shown_as_a_card_with_its_sources_on_request():
    out = run("show", "klein").stdout
    assert "Klein, framework  (fw:klein)" in out
    assert "builds on" in out
    rows = list(csv.DictReader(io.StringIO(run("show", "klein", "--sources").stdout)))
    assert any(row["predicate"] == "fwo:buildsOn" and row["object"] == "fw:twisted" for row in rows)
    facts = list(csv.DictReader(io.StringIO(run("show", "klein", "--format", "csv").stdout)))
    assert {"property": "fwo:buildsOn", "value": "fw:twisted", "name": "Twisted"} in facts
    assert "fw:klein" in run("show", "klein", "--format", "ttl").stdout
    assert json.loads(run("show", "klein", "--format", "jsonld").stdout)["label"] == "Klein"


def test_show_takes_a_dump_of_ones_own(toy_built):
    out = run("show", "Tea Kettle", "--graph", toy_built.folder / "dataset.nq.gz").stdout
    assert "Boiler" in out


VIEWS = {
    "frameworks": (["--feature", "ORM", "--category", "full-stack", "--released-before", "2010"], "Django"),
    "compare": (["flask", "django"], "WebSocket"),
    "similar": (["Flask", "--limit", "3"], "Quart"),
    "choose": (["WebSocket", "OpenAPI", "--implements", "ASGI"], "built in"),
    "ancestors": (["Pyramid"], "repoze.bfg"),
    "descendants": (["Starlite"], "Litestar"),
    "lineage": (["Pyramid"], "renamed from"),
    "path": (["Flask", "itty"], "was inspired by"),
    "releases": (["Flask"], "0.10"),
    "deps": (["Flask", "--as-of", "2012"], "Werkzeug"),
    "dependents": (["WebOb", "--as-of", "2011"], "Pyramid"),
    "impact": (["Werkzeug"], "Flask"),
    "at": (["2012-06-01", "--alive", "--frameworks"], "Pyramid"),
    "sources": (["Klein", "builds on", "Twisted"], "python-wiki"),
    "disagreements": (["Flask"], "doap:homepage"),
}


@pytest.mark.parametrize("command", VIEWS)
def test_every_view_has_its_command(command):
    arguments, words = VIEWS[command]
    for form in ("table", "csv", "json"):
        out = run(command, *arguments, "--format", form).stdout
        assert words in out or form != "csv"
        if form == "json":
            json.loads(out)
    if command not in ("sources", "disagreements"):
        assert run(command, *arguments, "--sources").stdout.startswith("subject,predicate,object")


def test_a_picture_is_printed():
    for command in ("lineage", "deps", "impact"):
        assert run(command, "Starlette", "--format", "svg").stdout.lstrip().startswith("<svg")
        assert run(command, "Starlette", "--format", "mermaid").stdout.startswith("flowchart")
    assert run("compare", "flask", "django", "--format", "svg").stdout.lstrip().startswith("<svg")
    assert run("releases", "flask", "--format", "svg").stdout.lstrip().startswith("<svg")


def test_tables_fit_the_terminal():
    for width in (60, 100):
        out = run("dependents", "WebOb", "--format", "table", env={**os.environ, "COLUMNS": str(width)}).stdout
        assert max(map(len, out.splitlines())) <= width


def test_the_shell_completes_commands_and_projects(tmp_path):
    assert "complete" in run("completion", "bash").stdout
    for words, number, wanted in (("pyfwgraph line", 1, "lineage"), ("pyfwgraph show fast", 2, "fastapi")):
        given = {"COMP_WORDS": words, "COMP_CWORD": str(number), "_PYFWGRAPH_COMPLETE": "bash_complete"}
        code = "from pyfwgraph.cli import cli; cli(prog_name='pyfwgraph')"
        done = subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, **given}, capture_output=True, text=True, check=False
        )
        assert wanted in done.stdout, done.stderr


def test_the_questions_are_listed():
    assert 'builds-on,"What does a project build on' in run("queries").stdout


def test_a_dump_is_exported(tmp_path):
    said = json.loads(run("export", "--format", "jsonld", "--output", tmp_path / "x.jsonld").stdout)
    assert said["written"] > 10_000
    json.loads((tmp_path / "x.jsonld").read_text(encoding="utf-8"))


def test_build_prints_what_it_did(toy_built, tmp_path):
    out = run("build", "--data", TOY, "--ontology", ONTOLOGY, "--output", tmp_path, "--lost").stdout
    assert toy_built.digest in out
    assert "src:survey-2012" in out
    assert "ruling: The authors never saw a samovar." in out
    assert (tmp_path / "digest.txt").read_text().strip() == toy_built.digest


def test_validate_exits_with_one_on_a_finding(spoil):
    assert run("validate", "--data", TOY, "--ontology", ONTOLOGY).stdout == "no findings\n"
    folder = spoil("curated/boiler.trig", 'rdfs:label "Boiler" ;', "")
    result = run("validate", "--data", folder, "--ontology", ONTOLOGY, check=1)
    assert "fw:boiler rdfs:label: needs a name" in result.stderr
    assert "1 finding" in result.stderr


def test_coverage_counts():
    out = run("coverage", "--most", "3").stdout
    assert "frameworks" in out
    assert "features with one user only" in out


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_with_an_example(command):
    assert "Example: pyfwgraph " + command in run(command, "--help").stdout


def test_help_names_every_command():
    out = run("--help").stdout
    for command in COMMANDS:
        assert command in out


def test_ctrl_c_ends_a_query_with_its_own_status():
    import signal
    import time

    process = subprocess.Popen(
        [sys.executable, "-m", "pyfwgraph", "query", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=5)
    assert (process.returncode, out) == (130, "")
    assert "interrupted" in err
    assert "Traceback" not in err


def test_the_command_runs_from_any_folder(tmp_path):
    assert (
        run(
            "query",
            "ASK { fw:klein fwo:buildsOn fw:twisted }",
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        ).stdout
        == "true\n"
    )
