import pytest

from pyfwgraph.errors import UnknownName
from pyfwgraph.names import Thing


@pytest.mark.parametrize(
    "name",
    [
        "teakettle",
        "Teakettle",
        "TEAKETTLE",
        "Tea Kettle",
        "tea-kettle",
        "TeaKettle",
        "fw:teakettle",
        "https://w3id.org/pyfwgraph/project/teakettle",
        " Teakettle ",
    ],
)
def test_a_project_is_found_by_each_of_its_names(toy, name):
    project = toy.project(name)
    assert (project.slug, project.name, project.iri.full) == (
        "teakettle",
        "Teakettle",
        "https://w3id.org/pyfwgraph/project/teakettle",
    )


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("pallets/flask", "flask"),
        ("https://github.com/pallets/flask.git", "flask"),
        ("repoze.bfg", "repoze-bfg"),
        ("BFG", "repoze-bfg"),
        ("Jinja2", "jinja2"),
        ("itty.py", "itty"),
        ("Flask", "flask"),
        ("fw:beautifulsoup4", "beautiful-soup"),
        ("python-markdown", "markdown"),
    ],
)
def test_projects_of_the_packaged_graph_are_found(packaged, name, slug):
    assert packaged.project(name).slug == slug


def test_an_unknown_name_suggests_the_nearest_three(toy):
    with pytest.raises(UnknownName, match="no project is called 'Teakettel'; the nearest are Teakettle, ") as caught:
        toy.project("Teakettel")
    assert len(caught.value.suggestions) == 3


@pytest.mark.parametrize("name", ["", "?", "{", "\n"])
def test_a_name_of_nothing_is_unknown(toy, name):
    with pytest.raises(UnknownName):
        toy.project(name)


def test_a_project_is_a_small_frozen_record(toy):
    assert toy.project("boiler") == Thing(toy.project("boiler").iri, "Boiler")
    assert str(toy.project("boiler")) == "Boiler"
    with pytest.raises(AttributeError):
        toy.project("boiler").name = "x"


def test_two_projects_of_one_name_are_each_found_by_slug(packaged):
    assert packaged.project("fw:spark-web").slug == "spark-web"
    assert packaged.project("apache-spark").slug == "apache-spark"
