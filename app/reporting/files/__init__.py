"""Tables that leave for a spreadsheet: what is in them, and the two formats."""
