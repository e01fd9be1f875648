"""Words for shares, fixed beforehand so that the same share is always called the same."""

SMALLEST_BASE = 50
A_FEW = 4  # people, whatever the share
# Up to, in per cent, exclusive; the shares are of the people who commented. There is no national standard.
SCALE = ((5, "A small number"), (25, "Some"), (50, "Many"), (90, "Most"), (101, "Nearly all"))


def quantity(count: int, base: int) -> str:
    """Empty where the base is too small for a word: then the number stands alone."""
    if count == 0 or base < SMALLEST_BASE:
        return ""
    if count <= A_FEW:
        return "A few"
    shown = int(100 * count / base + 0.5)  # the share as it stands beside the word, so that the two agree
    return next(word for below, word in SCALE if shown < below)


def meaning_of_words() -> list[tuple[str, str]]:
    """The table that a report must show when it uses them."""
    lowest = [0, *(below for below, _ in SCALE)]
    shares = [
        f"Under {below}%"
        if not least
        else f"{least}% or more"
        if below > 100
        else f"{least}% to {below - 1}%"
        for least, (below, _) in zip(lowest, SCALE, strict=False)
    ]
    words = [word for _, word in SCALE]
    return [("A few", f"1 to {A_FEW} people"), *zip(words, shares, strict=True)]


def _share(least: int, below: int) -> str:
    if not least:
        return f"Under {below}%"
    return f"{least}% or more" if below > 100 else f"{least}% to {below - 1}%"
