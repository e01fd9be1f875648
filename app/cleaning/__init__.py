"""Campaigns, duplicates, personal data, exclusion, redaction."""
