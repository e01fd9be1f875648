import getpass
import tempfile
from pathlib import Path

import config

# For all tests: compiling templates anew was most of the time of a page test. PDFs are named by content.
TEMPLATE_CACHE = Path(tempfile.gettempdir()) / f"soundings-templates-{getpass.getuser()}"
PDF_CACHE = TEMPLATE_CACHE.with_name(f"soundings-pdf-{getpass.getuser()}")


def settings_for(database_url: str, instance: Path) -> config.Settings:
    return config.load(
        {
            "SOUNDINGS_INSTANCE": str(instance),
            "DATABASE_URL": database_url,
            "TEMPLATE_CACHE": str(TEMPLATE_CACHE),
            "PDF_CACHE": str(PDF_CACHE),
            "JOB_LEASE_SECONDS": "2",
            "JOB_HEARTBEAT_SECONDS": "0.3",
            "THEMING_ENCODER": "",
        }
    )
