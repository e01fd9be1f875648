"""The frame of another consultation, as rows that can be brought in here: themes, and no coding."""

import uuid

from app.themes.files.frame_file import CUES, TEXTS, FrameFile, FrameRow
from app.themes.queries.frame import all_themes, in_use, sections_in_use


def frame_to_reuse(source_id: uuid.UUID, *, consultation_id: uuid.UUID) -> FrameFile:
    """Codes that are here already stay as they are; `gone` counts them."""
    themes = all_themes(source_id)
    codes = {theme.id: theme.code for theme in themes}
    here = {theme.code.casefold() for theme in all_themes(consultation_id)}
    used = [*sections_in_use(themes), *in_use(themes)]
    rows = tuple(
        FrameRow(
            line,
            theme.code,
            theme.is_net,
            None if theme.is_net else codes.get(theme.parent_id, "") if theme.parent_id else "",
            False,
            {name: getattr(theme, name) for name in ("label", *TEXTS)} | {CUES: list(theme.cue_words)},
        )
        for line, theme in enumerate(used, start=1)
        if theme.code.casefold() not in here
    )
    return FrameFile(rows, gone=len(used) - len(rows))
