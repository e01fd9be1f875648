"""What both front doors stand on: transactions, rights, errors, filters, headers."""
