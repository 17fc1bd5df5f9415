"""Asking the process that answers queries, and ending it: on a time limit, on Ctrl-C, when its owner goes.

One process serves a dataset, one question at a time. It is forked where that is safe (Linux, one thread: a few
milliseconds less), else started anew, and it ends by itself when its input ends, however its owner died.
"""

from __future__ import annotations

import marshal
import os
import sys
from time import monotonic

from pyfwgraph import errors
from pyfwgraph.frame import MEMORY, read_frame, write_frame
from pyfwgraph.guard import check_query

TYPE_CHECKING = False  # the module typing would cost a new process several milliseconds
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from pyfwgraph.store import Target


_MOMENT = 400e-6
"""Seconds that an answer is looked out for before the asking process sleeps."""


class _Process:
    """A running process, and our ends of its pipes: questions, answers, and the lifeline whose end ends it."""

    __slots__ = ("_poll", "answers", "identifier", "lifeline", "owner", "requests")

    def __init__(self, identifier: int, requests: int, answers: int, lifeline: int) -> None:
        self.identifier = identifier
        self.owner = os.getpid()
        self.requests = requests
        self.answers = answers
        self.lifeline = lifeline
        self._poll: Any = None

    def wait_briefly(self) -> None:
        """Look out for an answer for a moment without sleeping: waking up costs more than many an answer.

        The first answer of a process, which has much to do, is not looked out for.
        """
        if self._poll is None:
            from select import POLLIN, poll

            self._poll = poll()
            self._poll.register(self.answers, POLLIN)
            return
        end = monotonic() + _MOMENT
        while not self._poll.poll(0) and monotonic() < end:
            pass

    def close(self) -> None:
        """Close our ends."""
        for descriptor in (self.requests, self.answers, self.lifeline):
            os.close(descriptor)


class Engine:
    """Answers queries on one dataset in a process of its own, started by the first question."""

    def __init__(self, target: Target) -> None:
        from _thread import allocate_lock

        self._target = target
        self._process: _Process | None = None
        self._lock = allocate_lock()

    def ask(
        self,
        query: str,
        bindings: Iterable[tuple[str, str]] = (),
        *,
        timeout: float | None = None,
        max_rows: int | None = None,
        network: bool = False,
    ) -> tuple[Any, ...]:
        """Answer one query.

        Args:
            query: SPARQL text, with or without the packaged prefixes declared.
            bindings: Variable names and terms in N-Triples form.
            timeout: Seconds after which the query is ended; None for no limit.
            max_rows: Rows or triples after which the answer is cut; None for no limit.
            network: Whether `SERVICE` and `FROM` may call out.

        Raises:
            QueryError: One of its kinds; the message says what to do.
            StoreError: The dataset cannot be opened.
        """
        check_query(query, network=network)
        request = marshal.dumps((query, tuple(bindings), max_rows or 0, network))
        with self._lock:
            process = self._running()
            answer = self._exchange(process, request, timeout)
        if answer[0] == "error":
            raise getattr(errors, answer[1])(answer[2])
        return answer

    def close(self) -> None:
        """End the process; the next question starts another."""
        process, self._process = self._process, None
        if process is not None and process.owner == os.getpid():
            _end(process)

    def __del__(self) -> None:
        self.close()

    def _running(self) -> _Process:
        process = self._process
        if process is None or process.owner != os.getpid():
            if process is not None:
                process.close()
            process = self._process = _start(self._target)
            self._wait_until_open(process)
        return process

    def _wait_until_open(self, process: _Process) -> None:
        """Wait for the dataset, which no limit on a query counts: a first use has to prepare it."""
        opened = self._exchange(process, b"", None)
        if opened[0] == "error":
            self.close()
            raise errors.StoreError(opened[2])

    def _exchange(self, process: _Process, request: bytes, timeout: float | None) -> tuple[Any, ...]:
        whole = False
        deadline = _Deadline(process.identifier, timeout) if timeout is not None else None
        try:
            try:
                if request:
                    write_frame(process.requests, request)
                    process.wait_briefly()
                frame = read_frame(process.answers)
            except OSError:
                frame = None
            whole = frame is not None
        finally:
            if deadline is not None:
                deadline.cancel()
            if not whole:
                self.close()
        if frame is None:
            raise self._explain(deadline)
        answer: tuple[Any, ...] = marshal.loads(frame)
        return answer

    def _explain(self, deadline: _Deadline | None) -> errors.QueryError:
        if deadline is not None and deadline.passed:
            return errors.QueryTimeout(
                f"the query ran longer than its limit of {deadline.seconds:g} s and was ended: "
                "narrow it, add LIMIT, or give a larger timeout"
            )
        return errors.EngineDied(
            f"the process that ran the query ended before it could answer: it needed more than {MEMORY >> 30} GiB of "
            "memory, was too deep for the engine, or was ended from outside; narrow the query and ask again"
        )


class _Deadline:
    """Ends a process after some seconds, unless cancelled before."""

    def __init__(self, identifier: int, seconds: float) -> None:
        from threading import Lock, Timer

        self.seconds, self.passed, self._over = seconds, False, False
        self._identifier, self._lock = identifier, Lock()
        self._timer = Timer(max(seconds, 0.0), self._pass)
        self._timer.daemon = True
        self._timer.start()

    def _pass(self) -> None:
        with self._lock:
            if not self._over:
                self.passed = True
                _kill(self._identifier)

    def cancel(self) -> None:
        """Make sure that the process is not ended any more: its identifier may belong to another one soon."""
        with self._lock:
            self._over = True
        self._timer.cancel()


def _start(target: Target) -> _Process:
    if sys.platform == "linux" and len(os.listdir("/proc/self/task")) == 1:
        return _fork(target)
    return _spawn(target)


def _fork(target: Target) -> _Process:
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    watched, lifeline = os.pipe()
    identifier = os.fork()
    if identifier == 0:
        try:
            _become_worker(theirs_in, theirs_out, watched, target)
        except BaseException:  # noqa: BLE001 - a forked child must end here, whatever happens
            sys.excepthook(*sys.exc_info())
        finally:
            os._exit(1)
    for descriptor in (theirs_in, theirs_out, watched):
        os.close(descriptor)
    return _Process(identifier, ours_out, ours_in, lifeline)


def _become_worker(requests: int, answers: int, lifeline: int, target: Target) -> None:
    """In the forked child: keep nothing of the parent's but the pipes and standard error."""
    os.setpgid(0, 0)
    if "signal" in sys.modules:
        _forget_handlers()
    for descriptor in map(int, os.listdir("/proc/self/fd")):
        if descriptor > 2 and descriptor not in (requests, answers, lifeline):
            try:
                os.close(descriptor)
            except OSError:
                continue
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    from pyfwgraph.worker import serve

    serve(requests, answers, lifeline, target)
    os._exit(0)


def _forget_handlers() -> None:
    import signal

    for name in signal.valid_signals():
        if callable(signal.getsignal(name)):
            signal.signal(name, signal.SIG_DFL)
    signal.set_wakeup_fd(-1)


def _spawn(target: Target) -> _Process:
    import subprocess

    if not sys.executable:
        raise errors.StoreError("no Python interpreter is known (sys.executable), so none can answer the query")
    code = f"import sys; sys.path[:] = {sys.path!r}; from pyfwgraph.worker import main; main()"
    watched, lifeline = os.pipe()
    os.set_inheritable(watched, True)
    kind = "memory" if target.memory else "disk"
    arguments = [sys.executable, "-I", "-S", "-c", code, target.path, kind, str(watched)]
    process = subprocess.Popen(
        arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, pass_fds=(watched,), process_group=0
    )
    os.close(watched)
    assert process.stdin is not None
    assert process.stdout is not None
    requests, answers = os.dup(process.stdin.fileno()), os.dup(process.stdout.fileno())
    process.stdin.close()
    process.stdout.close()
    process.returncode = 0
    return _Process(process.pid, requests, answers, lifeline)


def _end(process: _Process) -> None:
    process.close()
    _kill(process.identifier)
    try:
        os.waitpid(process.identifier, 0)
    except ChildProcessError:
        return


def _kill(identifier: int) -> None:
    try:
        os.kill(identifier, 9)
    except OSError:
        return
