"""What the process that asks and the one that answers both know: frames, and the limit on memory.

The answering side first says `("open",)`, once the dataset is open. A frame is eight bytes of length and a marshalled
tuple. The question is `(query, bindings, max_rows, network)`; the answer `("select", columns, rows, more)`,
`("ask", bool)`, `("graph", N-Triples, more)` or `("error", kind, message)`.
"""

from __future__ import annotations

import os

_HEAD = 8
MEMORY = 4 * 2**30
"""Bytes that answering may need beyond the opened dataset."""


def read_frame(descriptor: int) -> bytes | None:
    """Read one frame; None where the other side is gone. One side speaks at a time, so no frame runs into the next."""
    chunk = os.read(descriptor, 1 << 16)
    if len(chunk) < _HEAD:
        return None
    missing = int.from_bytes(chunk[:_HEAD], "big") - (len(chunk) - _HEAD)
    if not missing:
        return chunk[_HEAD:]
    parts = [chunk[_HEAD:]]
    while missing and chunk:
        chunk = os.read(descriptor, min(missing, 1 << 20))
        parts.append(chunk)
        missing -= len(chunk)
    return None if missing else b"".join(parts)


def write_frame(descriptor: int, payload: bytes) -> None:
    """Write one frame.

    Raises:
        OSError: The other side is gone.
    """
    view = memoryview(len(payload).to_bytes(_HEAD, "big") + payload)
    while view:
        view = view[os.write(descriptor, view) :]
