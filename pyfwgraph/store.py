"""The packaged dataset on disk: the only module that knows its files.

The package carries sorted N-Quads, compressed (small, reproducible). The first use makes an on-disk store of them in
the user's cache; every later process opens that read-only, without a lock, in a few milliseconds. The store's folder is
named by the installation, the dataset's digest and the engine's version, so another of these makes another store, and
the installation's former one is removed. Where no cache can be written the quads are read into memory.
"""

from __future__ import annotations

import os
import sys

from pyfwgraph.errors import StoreError

TYPE_CHECKING = False  # the module typing would cost a new process several milliseconds
if TYPE_CHECKING:
    from collections.abc import Callable

    from pyoxigraph import Store

PACKAGE = os.path.dirname(os.path.abspath(__file__))
PACKAGED = os.path.join(PACKAGE, "packaged")
QUADS = "dataset.nq.gz"
DIGEST = "digest.txt"
_SLOW = 1.0
"""Seconds after which a first use tells what it does."""


class Target:
    """What a dataset is opened from: the packaged quads (empty path) or a file or folder of the user's own."""

    __slots__ = ("memory", "path")

    def __init__(self, path: str = "", memory: bool = False) -> None:
        self.path = path
        self.memory = memory

    def describe(self) -> str:
        """Say what it is, for messages."""
        return self.path or "the packaged graph"


def open_target(target: Target) -> Store:
    """Open a dataset for reading.

    Raises:
        StoreError: There is nothing there, or it cannot be read; the message says what to do.
    """
    if target.path:
        return _load(target.path)
    path = None if target.memory else cached_store()
    from pyoxigraph import Store

    if path is not None:
        return Store.read_only(path)
    store = Store()
    _fill(store)
    return store


def digest(folder: str = PACKAGED) -> str:
    """Give the dataset's version: the SHA-256 of its canonical N-Quads, in hexadecimal.

    Raises:
        StoreError: The package was installed without its dataset.
    """
    try:
        with open(os.path.join(folder, DIGEST), encoding="ascii") as file:
            return file.read().strip()
    except OSError as error:
        raise StoreError(
            f"no packaged graph in {folder}: run 'pyfwgraph build' in a checkout, or install the package again"
        ) from error


def cached_store() -> str | None:
    """Give the folder of the on-disk store, made now if it is not there; None where no cache can be written."""
    version = digest()
    folder = cache_folder()
    if folder is None:
        return None
    path = os.path.join(folder, f"{_installation()}-{version[:16]}-oxigraph-{_engine_version()}")
    if os.path.exists(os.path.join(path, "CURRENT")):
        return path
    return _make(folder, path)


def cache_folder() -> str | None:
    """Give the folder for on-disk stores: `PYFWGRAPH_CACHE`, or the user's cache; None where there is no home."""
    named = os.environ.get("PYFWGRAPH_CACHE")
    if named:
        return os.path.abspath(named)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    if not base or base.startswith("~"):
        return None
    return os.path.join(base, "pyfwgraph")


def _engine_version() -> str:
    import pyoxigraph

    return pyoxigraph.__version__


def _installation() -> str:
    import zlib

    return f"{zlib.crc32(PACKAGE.encode()):08x}"


def _make(folder: str, path: str) -> str | None:
    """Write the store aside and rename it when whole: several processes may do so at once, one of them wins."""
    import shutil
    import tempfile

    from pyoxigraph import Store

    try:
        os.makedirs(folder, exist_ok=True)
        aside = tempfile.mkdtemp(prefix=f".making-{os.getpid()}-", dir=folder)
    except OSError:
        return None
    try:
        store = Store(aside)
        _fill(store)
        store.optimize()
        store.flush()
        del store
        os.chmod(aside, 0o755)
        _rename(aside, path)
    except OSError:
        if not os.path.exists(os.path.join(path, "CURRENT")):
            return None
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    _clean(folder, path)
    return path


def _rename(aside: str, path: str) -> None:
    import shutil

    if os.path.isdir(path) and not os.path.exists(os.path.join(path, "CURRENT")):
        shutil.rmtree(path, ignore_errors=True)
    os.rename(aside, path)


def _clean(folder: str, kept: str) -> None:
    """Remove what this installation left behind: former stores, and stores that a dead process never finished."""
    import shutil

    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        former = name.startswith(_installation() + "-") and path != kept
        if former or _is_abandoned(name):
            shutil.rmtree(path, ignore_errors=True)


def _is_abandoned(name: str) -> bool:
    if not name.startswith(".making-"):
        return False
    try:
        os.kill(int(name.split("-")[1]), 0)
    except (ProcessLookupError, ValueError, IndexError):
        return True
    except OSError:
        return False
    return False


def _fill(store: Store) -> None:
    import gzip

    from pyoxigraph import RdfFormat

    done = _say_when_slow()
    try:
        with gzip.open(os.path.join(PACKAGED, QUADS)) as file:
            store.bulk_load(file.read(), format=RdfFormat.N_QUADS)
    except (EOFError, OSError) as error:
        raise StoreError(f"the packaged graph cannot be read ({error}): install the package again") from error
    finally:
        done()


def _say_when_slow() -> Callable[[], None]:
    """Say on a terminal that the first use takes its time, if it does; give what to call when it is over."""
    if sys.stderr is None or not sys.stderr.isatty():
        return lambda: None
    from threading import Timer

    def say() -> None:
        sys.stderr.write("pyfwgraph: preparing the graph for its first use on this machine\n")

    timer = Timer(_SLOW, say)
    timer.daemon = True
    timer.start()
    return timer.cancel


def _load(path: str) -> Store:
    from pyoxigraph import Store

    if not os.path.exists(path):
        raise StoreError(
            f"{path}: no such file or folder; give a dump (.nq, .trig, .ttl, .nt, .jsonld, .rdf, also .gz) "
            "or a folder of TriG"
        )
    store = Store()
    for file in _files(path):
        _load_file(store, file)
    return store


def _files(path: str) -> list[str]:
    if not os.path.isdir(path):
        return [path]
    found = [
        os.path.join(folder, name)
        for folder, _, names in os.walk(path)
        for name in names
        if name.endswith((".trig", ".ttl", ".nq", ".nt"))
    ]
    if not found:
        raise StoreError(f"{path}: no .trig, .ttl, .nq or .nt file in this folder")
    return sorted(found)


def _load_file(store: Store, file: str) -> None:
    import gzip

    from pyoxigraph import RdfFormat

    name = file.removesuffix(".gz")
    kind = RdfFormat.from_extension(name.rpartition(".")[2])
    if kind is None:
        raise StoreError(f"{file}: unknown kind of file; its name must end in .nq, .trig, .ttl, .nt, .jsonld or .rdf")
    opened = gzip.open if file.endswith(".gz") else open
    try:
        with opened(file, "rb") as stream:
            store.bulk_load(stream.read(), format=kind)
    except SyntaxError as error:
        where = f":{error.lineno}" if error.lineno else ""
        raise StoreError(f"{file}{where}: {error.msg}") from error
    except OSError as error:
        raise StoreError(f"{file}: {error}") from error
