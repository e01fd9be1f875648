"""Templates to HTML and text, in a request or outside one."""
