"""Files and folders that appear when they are whole: written aside, then renamed."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pyfwgraph.errors import ExportError


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a file to write to, which takes the place of `path` when the block ends well and vanishes when it does not.

    Raises:
        ExportError: It cannot be written there.
    """
    with _explained(path):
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        os.close(handle)
        aside = Path(name)
        try:
            yield aside
            os.chmod(aside, 0o644)
            os.replace(aside, path)
        finally:
            aside.unlink(missing_ok=True)


@contextmanager
def whole_folder(path: Path, *, replace: bool = False) -> Iterator[Path]:
    """Give a folder to fill, which takes the place of `path` when the block ends well.

    Args:
        path: Where it goes: nothing, an empty folder, or with `replace` any folder stands there.
        replace: Whether a folder with something in it may be replaced.

    Raises:
        ExportError: Something stands there, or it cannot be written there.
    """
    if not replace and path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise ExportError(f"{path} is there already: name a new or an empty folder")
    with _explained(path):
        aside = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
        try:
            yield aside
            os.chmod(aside, 0o755)
            _exchange(aside, path)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def _exchange(aside: Path, path: Path) -> None:
    """Put one folder in the place of another; the former one comes back if that fails."""
    if not path.exists():
        aside.rename(path)
        return
    former = Path(tempfile.mkdtemp(prefix=f".{path.name}-former-", dir=path.parent))
    path.replace(former)
    try:
        aside.rename(path)
    except OSError:
        former.rename(path)
        raise
    shutil.rmtree(former)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ExportError(f"{path} cannot be written ({error}): name a place in a folder that exists") from error
