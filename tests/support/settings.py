from pathlib import Path

import config


def settings_for(database_url: str, instance: Path) -> config.Settings:
    return config.load(
        {
            "SOUNDINGS_INSTANCE": str(instance),
            "DATABASE_URL": database_url,
            "JOB_LEASE_SECONDS": "2",
            "JOB_HEARTBEAT_SECONDS": "0.3",
        }
    )
