"""What a repository says of its own state at its newest commit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pyfwgraph.harvest import harvest
from tests.harvest.conftest import Clone
from tests.harvest.test_harvest import ask

Make = Callable[[str], Clone]
SAID = (
    "SELECT ?s ?w ?c ?d { fw:boiler fwo:status ?s . ?o sosa:hasFeatureOfInterest fw:boiler ; "
    "sosa:observedProperty fwo:productionState ; sosa:hasSimpleResult ?w ; rdfs:comment ?c ; sosa:resultTime ?d }"
)


@pytest.fixture
def said(clone: Make, tmp_path: Path) -> Callable[..., list[str]]:
    """Harvest a repository with this README, and ask for what it says of its state."""

    def made(readme: str, subject: str = "x", name: str = "README.md") -> list[str]:
        boiler = clone("a+boiler")
        boiler.release("1.0", {name: readme})
        boiler.git("commit", "--quiet", "--allow-empty", "-m", subject)
        data = tmp_path / "data"
        (data / "curated").mkdir(parents=True)
        (data / "repositories.toml").write_text('[[repository]]\nname="Boiler"\nrepository="a/boiler"\n')
        harvest(data, tmp_path / "mirrors", workers=1)
        return ask(data, SAID)

    return made


@pytest.mark.parametrize(
    ("readme", "status", "words"),
    [
        ("# Boiler\n\n**Caution!**\nThis repository\nhas been archived. Ask.", "archived", "This repository has been archived."),
        ("Boiler is now **UNMAINTAINED**. Use another.", "unmaintained", "Boiler is now UNMAINTAINED."),
        ("Boiler\n\n*This project is not maintained any more. When*", "unmaintained", "This project is not maintained any more."),
        ("> The library is considered deprecated.", "unmaintained", "The library is considered deprecated."),
        ("Boiler is in maintenance mode and moved from there.", "maintenance-only", "Boiler is in maintenance mode and moved from there."),
    ],
)  # fmt: skip
def test_a_sentence_of_the_readme_gives_the_status(said, readme: str, status: str, words: str) -> None:
    assert said(readme) == [f"{status} {words} Found in: README.md. 2015-01-02"]


def test_a_repository_left_for_another_is_archived(said) -> None:
    (row,) = said("Warning: This repository is no longer maintained. Development has moved to https://lab.example/b")
    assert row.startswith("archived ")


@pytest.mark.parametrize(
    "readme",
    [
        "# Boiler\nA fast boiler.",
        "This project has moved to https://github.com/a/boiler from elsewhere.",
        "The documentation has been moved to https://docs.example/.",
        "There is an old fork of Boiler, is not maintained, and should not be used.",
        "Boiler is not archived. A kettle that is no longer maintained can be mended with it.",
        "Boiler is maintained by many. Nginx is archived.",
        "\n" * 80 + "This project is not maintained any more.",
    ],
)
def test_other_sentences_give_none(said, readme: str) -> None:
    assert said(readme) == []


@pytest.mark.parametrize("subject", ["Prepare archiving.", "Archive this repository", "archived"])
def test_a_newest_commit_that_archives_gives_the_status(said, subject: str) -> None:
    (row,) = said("A boiler.", subject)
    assert row.startswith("archived ")
    assert "Found in: newest commit." in row


def test_a_newest_commit_that_archives_something_else_gives_none(said) -> None:
    assert said("A boiler.", "Archive release notes for 1.2") == []


def test_only_a_readme_is_asked(said) -> None:
    assert said("This project is not maintained any more.", name="README-of-kettle.md") == []
