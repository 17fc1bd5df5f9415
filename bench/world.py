"""The graphs that are measured: the packaged one, and a larger one made of renamed copies of it."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pyfwgraph import store

HARVESTED = re.compile(r"<https://w3id\.org/pyfwgraph/(release/|claim/[a-z0-9-]+-requires-)")
"""What releases and requirements say: one in eight stays, so that every kind of thing is in the synthetic graph."""

RENAMED = re.compile(r"<https://w3id\.org/pyfwgraph/(project|release|claim|agent|event|publication)/([^>]*)>")


@dataclass(frozen=True, slots=True)
class World:
    """A graph as packaged quads, and the same quads as an on-disk store; `environment` makes pyfwgraph use them."""

    name: str
    quads: int
    packaged: Path
    cache: Path
    prepared: float = 0.0

    @property
    def dump(self) -> Path:
        return self.packaged / store.QUADS

    @property
    def disk(self) -> Path:
        (found,) = [path for path in self.cache.iterdir() if not path.name.startswith(".")]
        return found

    @property
    def size(self) -> int:
        """Bytes of the on-disk store."""
        return sum(path.stat().st_size for path in self.disk.iterdir())

    @property
    def prelude(self) -> str:
        """Python text that makes pyfwgraph open this graph."""
        return (
            f"import pyfwgraph.store as s; s.PACKAGED = {str(self.packaged)!r}; s.digest.__defaults__ = (s.PACKAGED,)\n"
        )

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "PYFWGRAPH_CACHE": str(self.cache), "PYTHONDONTWRITEBYTECODE": ""}


def packaged(folder: Path) -> World:
    """The packaged graph, with a cache of its own."""
    return _prepared(
        World("packaged graph", _count(Path(store.PACKAGED)), Path(store.PACKAGED), folder / "packaged-cache")
    )


def synthetic(folder: Path, quads: int) -> World:
    """Copies of the packaged graph under other names, until there are enough quads."""
    place = folder / "synthetic"
    place.mkdir()
    lines = sorted(set(_copies(quads)))
    content = "".join(lines).encode()
    (place / store.QUADS).write_bytes(gzip.compress(content, compresslevel=1))
    (place / store.DIGEST).write_text(hashlib.sha256(content).hexdigest())
    return _prepared(World("synthetic graph", len(lines), place, folder / "synthetic-cache"))


def _copies(quads: int) -> Iterator[str]:
    with gzip.open(Path(store.PACKAGED) / store.QUADS, "rt", encoding="utf-8") as file:
        lines = [
            line for line in file if not HARVESTED.match(line) or zlib.crc32(line.split(" ", 1)[0].encode()) % 8 == 0
        ]
    lines = lines[:quads]
    yield from lines
    made, copy = len(lines), 1
    while made < quads:
        for line in lines:
            renamed = RENAMED.sub(rf"<https://w3id.org/pyfwgraph/\1/\2-copy{copy}>", line)
            if renamed != line and made < quads:
                made += 1
                yield renamed
        copy += 1


def _count(folder: Path) -> int:
    with gzip.open(folder / store.QUADS) as file:
        return sum(1 for _ in file)


def _prepared(world: World) -> World:
    """Make the on-disk store now, as a first use does, so that no measurement pays for it."""
    import subprocess
    import sys
    import time

    started = time.monotonic()
    code = world.prelude + "import pyfwgraph as fw; g = fw.load(); g.query('ASK {}'); g.close()"
    subprocess.run([sys.executable, "-c", code], check=True, env=world.environment)
    return replace(world, prepared=time.monotonic() - started)
