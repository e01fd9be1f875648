"""The job ledger: long work that survives the death of its worker.

The row is the truth. A worker takes it by a lease that it renews, and writes only by `Work.step`, which is
fenced by the row's token: a worker that was taken over writes nothing more. `wake` only shortens the wait.
"""
