"""From repositories to files."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest
from click.testing import CliRunner

from pyfwgraph.cli.harvest import harvest as command
from pyfwgraph.errors import UnknownName
from pyfwgraph.harvest import harvest
from pyfwgraph.harvest.tag import read_version
from pyfwgraph.vocabulary import PREFIXES
from tests.harvest.conftest import Clone

Make = Callable[[str], Clone]
SETUP = "from setuptools import setup\nsetup(name='kettle', version={v!r}, install_requires={r!r}, license='MIT')\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    (folder / "curated").mkdir(parents=True)
    (folder / "repositories.toml").write_text(
        '[[repository]]\nname="Kettle"\nrepository="a/kettle"\nrole="framework"\npypi="kettle"\n'
        '[[repository]]\nname="Boiler"\nrepository="a/boiler"\npypi="boiler"\nformer_pypi=["steamer"]\n'
        '[[repository]]\nname="Gone"\nrepository="a/gone"\n'
    )
    return folder


@pytest.fixture
def mirrors(clone: Make, tmp_path: Path) -> Path:
    kettle = clone("a+kettle")
    kettle.release("v0.9rc1", {"setup.py": SETUP.format(v="0.9", r=["steamer>=1"])})
    kettle.release("v1.0", {"setup.py": SETUP.format(v="1.0", r=["steamer>=1", "lid"])})
    kettle.release("v1.1", {"setup.py": "from setuptools import setup\nimport q\nsetup(install_requires=q.x())\n"})
    kettle.release("v1.2", {"setup.py": SETUP.format(v="1.2", r=["steamer>=1"])})
    blob = kettle.git("hash-object", "-w", "setup.py")
    kettle.git("tag", "v9.9", blob)
    kettle.git("tag", "-a", "-m", "x", "2.0", "HEAD")
    kettle.git("tag", "debian/1.0-1")
    kettle.git("tag", "not-a-version")
    boiler = clone("a+boiler")
    boiler.release("rel_1_0", {"setup.py": SETUP.format(v="1.0", r=[])})
    return tmp_path / "mirrors"


def ask(data: Path, query: str) -> list[str]:
    store = pyoxigraph.Store()
    for file in sorted((data / "harvested").glob("*.trig")):
        store.load(path=str(file), format=pyoxigraph.RdfFormat.TRIG)
    rows = store.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)
    return [" ".join(value.value.rpartition("/")[2] if value else "-" for value in row) for row in rows]


def test_releases_have_version_date_and_order(data: Path, mirrors: Path) -> None:
    report = harvest(data, mirrors, workers=1)
    assert ask(data, "SELECT ?v ?d ?n ?e { ?r fwo:releaseOf fw:kettle ; doap:revision ?v ; dcterms:issued ?d ; "
               "fwo:releaseOrder ?n ; fwo:preRelease ?e } ORDER BY ?n") == [
        "0.9rc1 2015-01-01 1 true", "1.0 2015-01-02 2 false", "1.1 2015-01-03 3 false",
        "1.2 2015-01-04 4 false", "2.0 2015-01-04 5 false",
    ]  # fmt: skip
    assert report.lines[0].dropped == ("debian/1.0-1", "not-a-version", "v9.9")
    assert (report.lines[0].releases, report.lines[0].read) == (5, 4)
    assert "is not in mirrors" in report.lines[2].error


def test_a_copy_is_named_as_one_and_the_project_keeps_its_own_repository(data: Path, mirrors: Path) -> None:
    (data / "repositories.toml").write_text(
        '[[repository]]\nname="The Kettle"\nslug="kettle"\nrepository="k/kettle"\ncopy="a/kettle"\n'
        '[[repository]]\nname="Boiler"\ncopy="a/boiler"\n'
    )
    assert harvest(data, mirrors, workers=1).written == ("_components.trig", "boiler.trig", "kettle.trig")
    said = (data / "harvested" / "kettle.trig").read_text()
    assert "schema:codeRepository <https://github.com/k/kettle>" in said
    assert "dcterms:source <https://github.com/a/kettle>" in said
    assert "Snapshot of the git repository a/kettle, a copy of k/kettle, as of 2015-01-04" in said
    said = (data / "harvested" / "boiler.trig").read_text()
    assert "codeRepository" not in said
    assert "a/boiler, a copy of the repository of Boiler, as of" in said


def test_of_two_tags_for_a_version_the_one_counts_whose_manifest_says_so(
    data: Path, clone: Make, tmp_path: Path
) -> None:
    made = clone("a+kettle")
    made.release("2.0", {"setup.py": SETUP.format(v="1.9", r=[])})
    right = made.release("v2.0", {"setup.py": SETUP.format(v="2.0", r=["lid"])})
    made.release("release-2.0", {"setup.py": SETUP.format(v="2.0", r=["lid", "cup"])})
    harvest(data, tmp_path / "mirrors", names=["kettle"])
    assert ask(data, "SELECT ?v ?d ?c { ?r fwo:releaseOf fw:kettle ; doap:revision ?v ; dcterms:issued ?d ; fwo:commit ?c }"
               ) == [f"2.0 2015-01-02 {right}"]  # fmt: skip


def test_a_dependency_is_one_node_from_its_beginning_to_its_end(data: Path, mirrors: Path) -> None:
    harvest(data, mirrors, workers=2)
    assert ask(data, "SELECT ?name ?p ?s ?u { ?d fwo:dependent fw:kettle ; fwo:distribution ?name ; fwo:sinceRelease ?s "
               "OPTIONAL { ?d fwo:untilRelease ?u } OPTIONAL { ?d fwo:dependency ?p } } ORDER BY ?name") == [
        "lid - kettle-1.0 kettle-1.0", "steamer boiler kettle-0.9rc1 -",
    ]  # fmt: skip


def test_what_cannot_be_read_is_said_at_the_release(data: Path, mirrors: Path) -> None:
    harvest(data, mirrors, workers=1)
    said = ask(data, "SELECT ?v ?c { ?r fwo:releaseOf fw:kettle ; doap:revision ?v ; rdfs:comment ?c }")
    assert said == ["1.1 Requirements not readable: install_requires is computed: q.x()."]


def test_the_same_commits_give_the_same_bytes(data: Path, mirrors: Path) -> None:
    harvest(data, mirrors, workers=2)
    first = {file.name: file.read_bytes() for file in (data / "harvested").iterdir()}
    assert harvest(data, mirrors, workers=1).written == ()
    assert harvest(data, mirrors, names=["kettle"]).written == ()
    assert {file.name: file.read_bytes() for file in (data / "harvested").iterdir()} == first


def test_what_three_projects_require_becomes_a_component(data: Path, clone: Make, tmp_path: Path) -> None:
    entries = []
    for name in ("a", "b", "c"):
        clone(f"x+{name}").release("1.0", {"setup.py": SETUP.format(v="1", r=["Paste.Thing", "rare" + name])})
        entries.append(f'[[repository]]\nname="{name}"\nrepository="x/{name}"\n')
    (data / "repositories.toml").write_text("".join(entries))
    harvest(data, tmp_path / "mirrors", workers=1)
    assert ask(data, "SELECT ?p ?l { ?p a fwo:Component ; fwo:purl ?l FILTER(CONTAINS(STR(?p), 'paste')) }") == [
        "paste-thing paste-thing"
    ]
    assert ask(data, "SELECT (COUNT(?d) AS ?n) { ?d fwo:dependency fw:paste-thing }") == ["3"]


def test_releases_come_from_version_bumps_where_nothing_is_tagged(data: Path, clone: Make, tmp_path: Path) -> None:
    made = clone("x+a")
    for version in ("1.0", "1.0", "1.1"):
        made.release(
            "", {"setup.py": SETUP.format(v=version, r=["lid"]) + f"# {made.git('status')[:0]}{len(version)}\n"}
        )
    (data / "repositories.toml").write_text(
        '[[repository]]\nname="a"\nrepository="x/a"\npypi="kettle"\nbumps=["setup.py"]\n'
    )
    assert harvest(data, tmp_path / "mirrors", workers=1).lines[0].releases == 2


def test_the_lesser_licence_amends_the_other_and_portions_decide_nothing(
    data: Path, clone: Make, tmp_path: Path
) -> None:
    gpl, lesser = (
        "GNU General Public License\nVersion 3, 29 June 2007",
        "GNU Lesser General Public License\nVersion 3, 29 June 2007",
    )
    boiler = clone("a+boiler")
    boiler.release("1.0", {"COPYING": gpl})
    boiler.release("1.1", {"COPYING.LESSER": lesser})
    portions = (
        "The majority of the code in Boiler is supplied under this license:\n"
        "Redistribution and use in source and binary forms ... endorse or promote ...\n\n"
        "Portions of the code in Boiler are supplied under the ZPL:\nZope Public License (ZPL) Version 2.1\n"
    )
    boiler.git("rm", "--quiet", "COPYING", "COPYING.LESSER")
    boiler.release("1.2", {"LICENSE.txt": portions})
    harvest(data, tmp_path / "mirrors", names=["Boiler"])
    query = "SELECT ?v ?l { ?r doap:revision ?v ; dcterms:license ?l ; fwo:releaseOrder ?o } ORDER BY ?o"
    assert ask(data, query) == ["1.0 GPL-3.0-only", "1.1 LGPL-3.0-only", "1.2 BSD-3-Clause"]


def test_an_unknown_name_is_refused(data: Path, mirrors: Path) -> None:
    with pytest.raises(UnknownName, match="no repository of 'Nope'"):
        harvest(data, mirrors, names=["Nope"])


def test_the_command_prints_the_report(data: Path, mirrors: Path, tmp_path: Path) -> None:
    arguments = ["--data", str(data), "--repositories", str(mirrors), "--report", str(tmp_path / "r.json"), "Kettle"]
    done = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert done.output.splitlines()[1].split() == ["Kettle", "5", "4", "5"]
    assert (tmp_path / "r.json").read_text().startswith("[")


@pytest.mark.parametrize(
    ("tag", "version"),
    [
        ("v1.2", "1.2"), ("rel_1_4_0", "1.4.0"), ("rel_0_9_0b1", "0.9.0b1"), ("Zope-2-8-0-a1", "2.8.0a1"),
        ("R-2.0.2", "2.0.2"), ("tg2.0.3", "2.0.3"), ("release-17.2", "17.2"), ("0.1-release", "0.1"),
        ("cherrypy-3.0.0beta2", "3.0.0beta2"), ("cubicweb-version-3_2_2", "3.2.2"), ("debian/3.1-1", None),
        ("cubicweb-debian-version-3.1-1", None), ("backups/2.10@68399", None), ("1.0.x", None), ("latest", None),
    ],
)  # fmt: skip
def test_versions_of_tags(tag: str, version: str | None) -> None:
    assert read_version(tag) == version


def test_the_command_clones_and_updates_what_it_is_allowed_to(data: Path, clone: Make, tmp_path: Path) -> None:
    """The address of the host is turned to a folder by git itself; nothing leaves the machine."""
    origin = clone("origins/x/solo")
    origin.release("1.0", {"setup.py": SETUP.format(v="1.0", r=["boiler"])})
    origins = tmp_path / "mirrors" / "origins"
    (origins / "x" / "solo.git").symlink_to(origins / "x" / "solo" / ".git")
    (data / "repositories.toml").write_text('[[repository]]\nname = "solo"\nrepository = "x/solo"\n')
    settings = {f"url.{origins}/.insteadOf": "https://github.com/", "protocol.file.allow": "always"}
    environment = {"GIT_CONFIG_COUNT": str(len(settings)), "GIT_CONFIG_GLOBAL": os.devnull}
    for number, (key, value) in enumerate(settings.items()):
        environment |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    command = [
        sys.executable,
        "-m",
        "pyfwgraph",
        "harvest",
        "--data",
        str(data),
        "--repositories",
        str(tmp_path / "got"),
    ]
    for version in ("1.0", "2.0"):
        origin.release(version if version != "1.0" else "", {"x": version})
        done = subprocess.run(
            [*command, "--clone"], capture_output=True, text=True, check=False, env={**os.environ, **environment}
        )
        assert done.returncode == 0, done.stderr
        assert version in (data / "harvested" / "solo.trig").read_text()
