"""The build, from the source folders to the packaged store."""

from __future__ import annotations

import gc
import gzip
import hashlib
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pyfwgraph.build.conclude import Conclusions, Lost, conclude
from pyfwgraph.build.context import make_context
from pyfwgraph.corpus import Corpus, read_corpus
from pyfwgraph.errors import DataError
from pyfwgraph.store import DIGEST, PACKAGED, QUADS
from pyfwgraph.validate import Finding, validate
from pyfwgraph.validate.lineage import check_lineage

Progress = Callable[[str], None]
"""Is told the name of each step as it begins."""


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep the garbage collector from looking through millions of claims again and again; they make no cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did.

    `claims` counts statements by source, `lost` holds the claims that did not reach the default graph and why,
    `digest` is the SHA-256 of the canonical N-Quads.
    """

    files: int
    claims: dict[str, int]
    conclusions: int
    quads: int
    lost: tuple[Lost, ...]
    digest: str
    folder: Path


@_collector_paused()
def build(
    data: Path,
    ontology: Path,
    output: Path | None = None,
    *,
    progress: Progress = lambda _: None,
) -> Built:
    """Read, validate, conclude, and write the packaged store.

    The same input gives the same bytes, whatever the order of files or the day. The former store stays whole until the
    new one is: a failed or interrupted build changes nothing.

    Args:
        data: The folder of claims and sources.
        ontology: The folder of terms, concept schemes and shapes.
        output: Where the packaged store goes; the package itself unless given.
        progress: Is told each step.

    Raises:
        DataError: A file is wrong; the message has file, line where known, and remedy.
    """
    progress("reading")
    corpus = read_corpus(data, ontology)
    progress("validating")
    _refuse(validate(corpus))
    progress("concluding")
    conclusions = conclude(corpus)
    progress("checking conclusions")
    _refuse(check_lineage(conclusions.triples))
    progress("writing")
    lines = canonical_quads(corpus, conclusions)
    folder = output or Path(PACKAGED)
    digest = _write(folder, lines, make_context(corpus.ontology))
    claims = Counter(claim.graph for claim in corpus.claims)
    return Built(
        len(corpus.files), dict(claims), len(conclusions.triples), len(lines), tuple(conclusions.lost), digest, folder
    )


def canonical_quads(corpus: Corpus, conclusions: Conclusions) -> list[str]:
    """Give the whole dataset as canonical N-Quads lines: without blank nodes that is RDFC-1.0."""
    lines = {f"<{s}> <{p}> {o} .\n" for s, p, o in conclusions.triples}
    for claim in (*corpus.claims, *corpus.ontology):
        lines.add(f"<{claim.subject}> <{claim.predicate}> {claim.object} <{claim.graph}> .\n")
    return sorted(lines)


@_collector_paused()
def check(data: Path, ontology: Path) -> list[Finding]:
    """Give everything that is wrong with the source files or, where they are well, with what follows from them.

    Raises:
        DataError: A file cannot be read.
    """
    corpus = read_corpus(data, ontology)
    return validate(corpus) or check_lineage(conclude(corpus).triples)


def _refuse(findings: list[Finding]) -> None:
    if findings:
        shown = "\n".join(f"  {finding}" for finding in findings[:50])
        more = f"\n  … and {len(findings) - 50} more" if len(findings) > 50 else ""
        raise DataError(f"{len(findings)} finding{'s' * (len(findings) != 1)}, nothing was written:\n{shown}{more}")


def _write(folder: Path, lines: Iterable[str], context: str) -> str:
    """Write context, quads and digest aside, then rename them into place, the digest last."""
    folder.mkdir(parents=True, exist_ok=True)
    content = "".join(lines).encode()
    digest = hashlib.sha256(content).hexdigest()
    _replace(folder / "context.jsonld", context.encode())
    _replace(folder / QUADS, gzip.compress(content, compresslevel=9, mtime=0))
    _replace(folder / DIGEST, f"{digest}\n".encode())
    return digest


def _replace(path: Path, content: bytes) -> None:
    handle, aside = tempfile.mkstemp(prefix=".making-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(aside, 0o644)
        os.replace(aside, path)
    except BaseException:
        os.unlink(aside)
        raise
