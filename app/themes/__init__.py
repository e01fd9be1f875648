"""The coding frame, runs, suggestions and codings."""
