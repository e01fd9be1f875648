"""Triage: what needs handling in a comment before, beside or instead of coding. Rules, no learning: every
flag can be read in `data/triage.yaml`, and every flag is for an officer to confirm."""
