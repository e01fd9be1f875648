"""The worker's entry: takes jobs from the ledger and runs their handlers."""
