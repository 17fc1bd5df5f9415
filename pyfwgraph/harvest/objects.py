"""The objects of one git repository, read through one long-lived process; nothing is checked out or run.

The only module that starts git. Every process gets an environment without user or system configuration,
without prompts, network protocols, hooks or replacement objects.
"""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, NamedTuple

from pyfwgraph.errors import HarvestError

LARGEST = 1_000_000
"""Bytes of the largest file that is read; larger ones are reported."""
_LONGEST = 600.0
_ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}


class Found(NamedTuple):
    """What git knows of an object before it is read: identifier, kind, size in bytes."""

    identifier: str
    kind: str
    size: int


def find_git_folder(folder: Path) -> Path:
    """Give the git directory of a bare repository or clone.

    Raises:
        HarvestError: The folder holds no repository.
    """
    for candidate in (folder, folder / ".git", folder / "repo", folder / "repo" / ".git"):
        if (candidate / "HEAD").is_file() and (candidate / "objects").is_dir():
            return candidate
    raise HarvestError(f"{folder.name}: no git repository there; clone it with --mirror first")


class Objects:
    """The objects of one repository; use it in a `with` block.

    Args:
        folder: A bare repository or a clone.
        seconds: After so long the process is ended and reading fails.

    Raises:
        HarvestError: No repository there, or git ended.
    """

    def __init__(self, folder: Path, *, seconds: float = _LONGEST) -> None:
        self._folder = find_git_folder(folder)
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._timer: threading.Timer | None = None

    def __enter__(self) -> Objects:
        self._process = subprocess.Popen(
            [*self._command(), "cat-file", "--batch-command"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )
        self._timer = threading.Timer(self._seconds, self._process.kill)
        self._timer.daemon = True
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._timer:
            self._timer.cancel()
        if self._process:
            self._process.kill()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe:
                    _close(pipe)
            self._process.wait()

    def find(self, name: str) -> Found | None:
        """Give identifier, kind and size of what a revision expression names; None where there is nothing."""
        if "\n" in name or "\0" in name:
            return None
        words = self._ask(f"info {name}").split()
        if len(words) != 3 or words[-1] in ("missing", "ambiguous"):
            return None
        return Found(words[0], words[1], int(words[2]))

    def read(self, identifier: str) -> bytes:
        """Give the bytes of an object.

        Raises:
            HarvestError: The object is missing, or git ended.
        """
        words = self._ask(f"contents {identifier}").split()
        if len(words) != 3 or words[-1] in ("missing", "ambiguous"):
            raise HarvestError(f"object {identifier} is missing: the clone is not whole, make it again")
        process = self._running()
        assert process.stdout
        body = process.stdout.read(int(words[2]))
        process.stdout.read(1)
        return body

    def tags(self) -> tuple[str, ...]:
        """Give the names of all tags, sorted."""
        lines = self.run("for-each-ref", "--format=%(refname:strip=2)", "refs/tags")
        return tuple(sorted(line for line in lines if line))

    def run(self, *arguments: str) -> Iterator[str]:
        """Give the lines that a reading command prints.

        Raises:
            HarvestError: The command failed or ran too long.
        """
        try:
            done = subprocess.run(
                [*self._command(), *arguments],
                capture_output=True,
                check=True,
                timeout=self._seconds,
                env=_environment(),
                stdin=subprocess.DEVNULL,
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            raise HarvestError(f"git {arguments[0]} failed: the repository may be empty or damaged") from error
        yield from done.stdout.decode("utf-8", "replace").splitlines()

    def _command(self) -> list[str]:
        return ["git", "--git-dir", str(self._folder)]

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise HarvestError("the repository is not open: use it in a with block")
        return self._process

    def _ask(self, line: str) -> str:
        process = self._running()
        assert process.stdin
        assert process.stdout
        try:
            process.stdin.write(line.encode("utf-8", "surrogateescape") + b"\n")
            process.stdin.flush()
        except OSError as error:
            raise HarvestError("git ended while the repository was read") from error
        answer = process.stdout.readline()
        if not answer:
            raise HarvestError("git ended while the repository was read (git 2.36 or newer is needed)")
        return answer.decode("utf-8", "replace").rstrip("\n")


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT", "TMPDIR") if name in os.environ}
    return kept | _ENVIRONMENT


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except OSError:
        return
