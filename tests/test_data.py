"""Facts about the real data: what must hold of every node, and what must be in the graph at least."""

import pytest

from pyfwgraph.vocabulary import PREFIXES

DOCUMENTS = {
    "framework-links-zh": "000_94e9bf5fd757ce8b.txt",
    "framework-ranking-zh": "001_26c6eb84a78e1b73.txt",
    "python-wiki-web-frameworks": "002_5c6e720b3faf983a.txt",
    "top-python-web-frameworks": "003_56f325493ebd7612.txt",
    "framework-search-journal": "004_e66f704b1c273ac4.txt",
}

LISTED = """4suite albatross apidaora api-star appwsgi aquarium asgineer blacksheep buildbot circuits clastic crusader cubes
cubicweb cymbeline dash django-hotsauce djng dpark emmett enamel fapws3 gae-framework giotto gizmo-qp glashammer growler
gunicorn gunstar index-py itty jam-py japronto juno karrigell kiss-py lino lona maki masonite molten morepath nagare nameko
nevow objectweb osroom pecan porcupine pycnic pylatte pyroxide python-server-pages python-servlet-engine pyweblib qp quixote
reahl skunkweb snakelets spark-web spiked spinne spyce tipfy tonberry vibora wasp watson-framework web2ldap webapp2 webbot
webcore weblayer websauna webstack webware wheezy-web whiff wsgiservlets django flask pyramid pylons repoze-bfg tornado
twisted klein cyclone cherrypy turbogears web2py web-py bottle bobo starlette fastapi responder bocadillo quart sanic uvloop
aiohttp falcon hug zope-1 zope-2 zope-3 grok bluebream werkzeug jinja2 sqlalchemy webob paste""".split()


@pytest.mark.parametrize("slug", LISTED)
def test_everything_that_the_documents_list_is_described(packaged, slug):
    rows = packaged.query(
        "SELECT ?label ?description { ?x a fwo:Project ; rdfs:label ?label ; dcterms:description ?description }",
        {"x": packaged.project(f"fw:{slug}")},
    )
    assert len(rows) == 1


@pytest.mark.parametrize("slug", DOCUMENTS)
def test_each_document_is_a_source_with_claims(packaged, slug):
    assert packaged.query("ASK { ?s dcterms:identifier ?n }", n=DOCUMENTS[slug])
    count = packaged.query(f"SELECT (COUNT(*) AS ?n) {{ GRAPH src:{slug} {{ ?s ?p ?o }} }}")[0]["n"]
    assert count > 500


def test_every_node_has_one_label_and_a_description(packaged):
    spaces = " || ".join(
        f'STRSTARTS(STR(?s), "{PREFIXES[p]}")'
        for p in ("fw", "rel", "agent", "pub", "ev", "feat", "cat", "src", "claim", "fwo")
    )
    labels = packaged.query(
        f"SELECT ?s (COUNT(?l) AS ?n) {{ ?s a ?t OPTIONAL {{ ?s rdfs:label ?l }} FILTER({spaces}) }} GROUP BY ?s ?t HAVING(COUNT(?l) != 1)"
    )
    assert len(labels) == 0, labels
    bare = packaged.query(
        f"SELECT DISTINCT ?s {{ ?s a ?t FILTER({spaces}) FILTER NOT EXISTS {{ ?s dcterms:description|skos:definition|rdfs:comment ?d }} }}"
    )
    assert len(bare) == 0, bare


def test_no_feature_is_both_had_and_lacked(packaged):
    assert not packaged.query("ASK { ?x fwo:hasFeature ?f ; fwo:lacksFeature ?f }")


def test_there_is_one_cell_for_each_pair(packaged):
    for kind, other in (("FeatureSupport", "feature"), ("Integration", "component")):
        assert not packaged.query(
            f"ASK {{ ?a a fwo:{kind} ; fwo:project ?p ; fwo:{other} ?o . ?b a fwo:{kind} ; fwo:project ?p ; fwo:{other} ?o . FILTER(?a != ?b) }}"
        )


def test_single_values_are_single(packaged):
    rows = packaged.query(
        "SELECT ?s ?p { ?p fwo:singleValued true . ?s ?p ?o } GROUP BY ?s ?p HAVING(COUNT(DISTINCT ?o) > 1)"
    )
    assert len(rows) == 0, rows


@pytest.mark.parametrize(
    ("project", "licences", "expression"),
    [
        ("packaging", ["spdx:Apache-2.0", "spdx:BSD-2-Clause"], ["Apache-2.0 OR BSD-2-Clause"]),
        ("uvloop", ["spdx:Apache-2.0", "spdx:MIT"], []),
        ("python-dateutil", ["spdx:Apache-2.0", "spdx:BSD-3-Clause"], []),
        ("greenlet", ["spdx:MIT", "spdx:PSF-2.0"], ["MIT AND PSF-2.0"]),
    ],
)
def test_all_licences_reach_the_project(packaged, project, licences, expression):
    found = packaged.query("SELECT ?l { ?p dcterms:license ?l } ORDER BY ?l", p=packaged.project(project))
    assert [row[0] for row in found] == licences
    said = packaged.query("SELECT ?e { ?p fwo:licenceExpression ?e }", p=packaged.project(project))
    assert [str(row[0]) for row in said] == expression


def test_every_licence_expression_is_one_of_spdx(packaged):
    from packaging.licenses import canonicalize_license_expression

    for (said,) in packaged.query("SELECT DISTINCT ?e { ?x fwo:licenceExpression ?e }"):
        assert canonicalize_license_expression(str(said))


def test_every_conclusion_of_a_cell_rests_on_a_claim_of_a_source(packaged):
    rows = packaged.query(
        "SELECT ?cell { ?cell a fwo:FeatureSupport FILTER NOT EXISTS { ?cell prov:wasDerivedFrom ?claim . GRAPH ?g { ?claim fwo:level ?l } } }"
    )
    assert len(rows) == 0


def test_no_address_of_a_person_is_in_the_data(packaged):
    rows = packaged.query(
        'SELECT ?s ?o { ?s ?p ?o FILTER(isLiteral(?o) && REGEX(STR(?o), "[A-Za-z0-9._-]+@[A-Za-z0-9-]+[.][a-z]{2,}")) }'
    )
    assert len(rows) == 0, rows


def test_descent_has_no_cycle(packaged):
    assert not packaged.query("ASK { ?x fwo:descendsFrom+ ?x }")


def test_no_child_is_older_than_its_parent(packaged):
    rows = packaged.query(
        """SELECT ?child ?parent { ?child fwo:descendsFrom ?parent ; fwo:firstReleased ?c . ?parent fwo:firstReleased ?p
        FILTER(SUBSTR(STR(?c), 1, 4) < SUBSTR(STR(?p), 1, 4)) }"""
    )
    assert len(rows) == 0, rows


def test_pylons_to_pyramid_is_told_as_it_was(packaged):
    ask = packaged.query
    assert ask("ASK { fw:pyramid fwo:renamedFrom fw:repoze-bfg ; fwo:successorOf fw:pylons }")
    assert not ask("ASK { fw:pyramid fwo:forkOf fw:pylons }")
    assert ask("ASK { GRAPH ?g { ?d a fwo:Denial ; fwo:subject fw:pyramid } }")


def test_what_is_no_web_framework_is_none_though_it_is_listed(packaged):
    for slug in ("buildbot", "dpark", "cubes"):
        assert packaged.query(f"ASK {{ GRAPH src:framework-ranking-zh {{ fw:{slug} a fwo:Framework }} }}")
        assert not packaged.query(f"ASK {{ fw:{slug} a fwo:Framework }}")


def test_an_unreadable_date_stays_with_its_source(packaged):
    assert packaged.query(
        'ASK { GRAPH src:python-wiki-web-frameworks { rel:gae-framework-1.0-pre fwo:dateAsWritten "2011-05-84" } }'
    )
    assert not packaged.query("ASK { ?x fwo:dateAsWritten ?d }")


def test_a_wrong_link_is_ruled_out_and_kept(packaged):
    link = "<https://github.com/howie6879/Sanic-For-Pythoneer>"
    assert packaged.query(f"ASK {{ GRAPH src:framework-links-zh {{ fw:sanic schema:codeRepository {link} }} }}")
    assert not packaged.query(f"ASK {{ fw:sanic schema:codeRepository {link} }}")


@pytest.mark.parametrize(
    ("what", "least"),
    [("?x a fwo:Framework", 200), ("?x a fwo:Component", 300), ("?x a fwo:LineageEvent", 60), ("?x a fwo:Release", 10000),
     ("GRAPH ?g { ?x a fwo:FeatureSupport ; dcterms:source ?page }", 2000), ("?x a fwo:Dependency", 5000)],
)  # fmt: skip
def test_the_graph_holds_at_least(packaged, what, least):
    assert packaged.query(f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {what} }}")[0]["n"] >= least


def test_releases_are_as_their_manifests_say(packaged):
    """Read by hand at the tags."""
    expected = {
        "rel:flask-0.10": ("2013-06-13", {"Werkzeug", "Jinja2", "itsdangerous"}),
        "rel:flask-2.0.0": ("2021-05-11", {"Werkzeug", "Jinja2", "itsdangerous", "click"}),
        "rel:bottle-0.12.0": (None, set()),
        "rel:django-6.0.1": ("2026-01-06", {"asgiref", "sqlparse", "tzdata"}),
        "rel:pyramid-1.5": (
            "2014-04-08",
            {
                *"setuptools WebOb repoze.lru zope.interface zope.deprecation venusian translationstring PasteDeploy".split()
            },
        ),
    }
    for release, (date, names) in expected.items():
        rows = packaged.query(
            f"""SELECT ?date ?name {{
              {release} fwo:releaseOf ?project ; fwo:releaseOrder ?order ; dcterms:issued ?date .
              OPTIONAL {{ ?d fwo:dependent ?project ; fwo:scope cat:runtime ; fwo:distribution ?name ;
                fwo:sinceRelease/fwo:releaseOrder ?first . OPTIONAL {{ ?d fwo:untilRelease/fwo:releaseOrder ?last }}
                FILTER(?first <= ?order && (!BOUND(?last) || ?order <= ?last)) }} }}"""
        )
        assert {row["name"] for row in rows} - {None} == names
        if date:
            assert str(rows[0]["date"]) == date


def test_a_distribution_is_of_one_project(packaged):
    from packaging.utils import canonicalize_name

    owners = {}
    for project, name in packaged.query("SELECT ?p ?n { ?p fwo:pypiName ?n }"):
        owners.setdefault(canonicalize_name(str(name)), set()).add(project)
    assert {name: found for name, found in owners.items() if len(found) > 1} == {}


def test_what_is_retired_says_what_replaced_it_and_nothing_else_speaks_of_it(packaged):
    for former, now in packaged.query("SELECT ?former ?now { ?former dcterms:isReplacedBy ?now }"):
        assert packaged.query("ASK { ?now a fwo:Project }", now=now)
        assert not packaged.query("ASK { ?x ?p ?former }", former=former)


def test_the_repository_of_a_project_is_its_own_where_a_copy_was_read(packaged):
    rows = packaged.query("SELECT ?r { fw:django schema:codeRepository ?r }")
    assert [row["r"].full for row in rows] == ["https://github.com/django/django"]
    assert packaged.query(
        "ASK { rel:django-6\\.0\\.1 fwo:releaseOf fw:django ; dcterms:issued '2026-01-06'^^xsd:date }"
    )


def test_what_was_renamed_came_out_first_under_its_former_name(packaged):
    for former, now in (("starlite", "litestar"), ("esmerald", "ravyn"), ("pynecone", "reflex"), ("weppy", "emmett")):
        firsts = [packaged.query(f"SELECT ?d {{ fw:{name} fwo:firstReleased ?d }}")[0]["d"] for name in (former, now)]
        assert firsts[0] < firsts[1], (former, now)
