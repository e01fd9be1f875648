"""A process of its own: HTML on standard input, a tagged PDF on standard output. It fetches nothing."""

import os
import resource
import sys

# Its own name, so that what runs this process can read it without the libraries.
LIBRARIES_MISSING = 3

try:
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher
except OSError:
    sys.exit(LIBRARIES_MISSING)

CPU_SECONDS = 60
MEMORY_BYTES = 2 * 1024**3


class NoFetcher(URLFetcher):  # type: ignore[misc]  # the library ships no types
    """No address is opened, neither on the network nor in a file."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> None:
        raise ValueError("nothing is fetched for a PDF")


def main() -> None:
    os.nice(10)  # a reply that is being sent goes first
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    html = HTML(string=sys.stdin.buffer.read().decode(), url_fetcher=NoFetcher())
    sys.stdout.buffer.write(html.write_pdf(pdf_variant="pdf/ua-1"))
    sys.stdout.buffer.flush()
    # Python's own end unloads Pango: a thread of it that has not begun yet would find no code there.
    os._exit(0)


if __name__ == "__main__":
    main()
