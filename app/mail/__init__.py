"""The outbox: a mail is a row in the transaction of what it is about; the worker sends it (decision 0110)."""
