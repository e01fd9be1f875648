"""Cross-tabs, suppression, the engagement report and its releases."""
