"""The same work on many blocks: one after the other here, on several local processes, or on a cluster."""

import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from contextvars import ContextVar
from hashlib import sha256
from typing import Any, Final, TypeVar

from joblib import Parallel, delayed
from threadpoolctl import threadpool_limits

ALL: Final = -1
"""As many processes as there are cores, or as the cluster of `on_cluster` has threads."""
CLUSTERED: Final = ContextVar("clustered", default=False)
"""Whether joblib's blocks go to a cluster."""
_FEWEST: Final = 20  # blocks for which starting other processes is worth its seconds
_AHEAD: Final = 3  # blocks of each process that are prepared or waiting to be taken
Tool = TypeVar("Tool")
Block = TypeVar("Block")
Done = TypeVar("Done")


def in_blocks(
    work: Callable[[Tool, Block], Done],
    tool: Tool,
    blocks: Sequence[Block],
    *,
    workers: int = 1,
    fewest: int = _FEWEST,
) -> Iterator[Done]:
    """`work(tool, block)` for each block, in their order, computed as they are asked for and not much ahead.

    Linear algebra runs on one thread wherever a block is computed, so the number of `workers` changes no bit.
    Fewer than `fewest` blocks are done here. `tool` goes with every block, as it is now, and is unpacked once
    in each process. A block whose process dies is done again on a cluster, and ends the work with joblib's
    TerminatedWorkerError on local processes. Within `on_cluster` every block goes there.
    """
    clustered = CLUSTERED.get()
    if not clustered and (workers == 1 or len(blocks) < fewest):
        return (_here(work, tool, block) for block in blocks)
    packed = _packed(tool)
    ahead = f"{_AHEAD} * n_jobs"
    parallel = Parallel(
        n_jobs=ALL if clustered else workers, return_as="generator", batch_size=1, pre_dispatch=ahead
    )
    done: Iterator[Done] = parallel(delayed(_elsewhere)(work, *packed, block) for block in blocks)
    return done


def one_thread() -> AbstractContextManager[Any]:
    """While this is open, linear algebra runs on one thread: with more, the last bits differ with the
    machine's cores, and products this small are no quicker."""
    limits: AbstractContextManager[Any] = threadpool_limits(1)
    return limits


def _here(work: Callable[[Tool, Block], Done], tool: Tool, block: Block) -> Done:
    with one_thread():
        return work(tool, block)


def _packed(tool: Any) -> tuple[str, bytes]:
    packed = pickle.dumps(tool, pickle.HIGHEST_PROTOCOL)
    return sha256(packed).hexdigest(), packed


_unpacked: dict[str, Any] = {}
"""The last tool of this process, by its digest."""


def _elsewhere(work: Callable[[Any, Block], Done], digest: str, packed: bytes, block: Block) -> Done:
    if digest not in _unpacked:
        _unpacked.clear()
        _unpacked[digest] = pickle.loads(packed)  # noqa: S301  # made by _packed in the process that asks
    return _here(work, _unpacked[digest], block)
