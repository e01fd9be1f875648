"""What an officer recognises a session by, from the browser's own description of itself."""

# In this order: Edge calls itself Chrome too, and Chrome calls itself Safari.
BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def device_words(described: str) -> str:
    """Firefox on Windows"""
    browser = next((name for mark, name in BROWSERS if mark in described), "A browser")
    system = next((name for mark, name in SYSTEMS if mark in described), "a device we do not recognise")
    return f"{browser} on {system}"
