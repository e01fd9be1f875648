"""The ledger of long work: claim, lease, heartbeat, checkpoint, retry, progress."""
