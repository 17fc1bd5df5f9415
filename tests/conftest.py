"""What every test shares: a cache of its own, the toy world built once, and a few ways to change it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import pyfwgraph
from pyfwgraph.build.run import build

ROOT = Path(__file__).parent.parent
TOY = Path(__file__).parent / "toy" / "data"
ONTOLOGY = ROOT / "ontology"


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory):
    """The on-disk stores of this run; nothing of the user's is touched."""
    folder = tmp_path_factory.mktemp("cache")
    before = os.environ.get("PYFWGRAPH_CACHE")
    os.environ["PYFWGRAPH_CACHE"] = str(folder)
    yield folder
    if before is None:
        del os.environ["PYFWGRAPH_CACHE"]
    else:
        os.environ["PYFWGRAPH_CACHE"] = before


@pytest.fixture(scope="session")
def toy_built(tmp_path_factory):
    """The toy world, built."""
    return build(TOY, ONTOLOGY, tmp_path_factory.mktemp("toy"))


@pytest.fixture(scope="session")
def toy(toy_built):
    """The toy world, open for questions."""
    graph = pyfwgraph.load(toy_built.folder / "dataset.nq.gz")
    yield graph
    graph.close()


@pytest.fixture(scope="session")
def packaged():
    """The packaged graph."""
    graph = pyfwgraph.load()
    yield graph
    graph.close()


@pytest.fixture
def world(tmp_path):
    """A copy of the toy world's folder that a test may spoil."""
    return Path(shutil.copytree(TOY, tmp_path / "data"))


@pytest.fixture
def spoil(world):
    """Change one file of the toy world: replace text that must be there, or add text to its end."""

    def change(file: str, old: str, new: str) -> Path:
        path = world / file
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1) if old else text + new, encoding="utf-8")
        return world

    return change
