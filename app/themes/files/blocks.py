"""Where the blocks of a file are computed: on this machine, or on a Dask cluster."""

from app.theming.blocks import ALL
from app.theming.cluster import ClusterError, on_cluster

__all__ = ["ALL", "ClusterError", "on_cluster"]
