"""The counts everything else uses: one function a number, queries only."""
