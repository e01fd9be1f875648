from datetime import timedelta


def duration(time: timedelta) -> str:
    """In the largest unit that it fills, rounded down: 40 seconds, 2 hours. Its sign does not matter."""
    seconds = abs(int(time.total_seconds()))
    sizes = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))
    size, name = next((one for one in sizes if seconds >= one[0]), sizes[-1])
    count = seconds // size
    return f"{count} {name}" + ("" if count == 1 else "s")
