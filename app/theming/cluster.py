"""Blocks on a Dask cluster: an optional extra (requirements-cluster.txt), loaded only when asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from joblib import parallel_config

from app.theming.blocks import CLUSTERED


class ClusterError(RuntimeError):
    """A cluster that cannot be used; the message says why in one line."""


@contextmanager
def on_cluster(address: str, *, seconds: float = 10) -> Iterator[None]:
    """While this is open, blocks are computed by the workers of the Dask scheduler at
    `address`, like "tcp://10.0.0.5:8786". They need this version of the product. A block whose worker is lost
    is computed again by another. Raises ClusterError when the extra is not installed or nobody answers.
    """
    try:
        distributed = import_module("distributed")
    except ImportError as problem:
        raise ClusterError(
            "distributed is not installed: pip install -r requirements-cluster.txt"
        ) from problem
    try:
        client = distributed.Client(address, timeout=seconds, set_as_default=False)
    except (OSError, ValueError) as problem:
        raise ClusterError(f"no Dask scheduler answers at {address}") from problem
    with client, parallel_config(backend="dask", client=client, wait_for_workers_timeout=seconds):
        before = CLUSTERED.set(True)
        try:
            yield
        finally:
            CLUSTERED.reset(before)
