"""The pure engine: text in, dataclasses out. No web, no database, nothing of ours, nothing downloaded.

What others call (each is imported when first used, so importing this package loads nothing):

- `triage_texts(texts, *, progress=...) -> list[Triage]`
  Handling codes, personal data as `PersonalData(start, end, kind)`, language; `triage_text(text)` for one.
- `find_campaigns(pairs) -> list[Campaign]`, `near_identical(pairs)` with possible duplicates as well
  (id, text) pairs in; `template` and `members` with kind "exact", "edited" or "own_words_added" out.
- `split_points(text) -> tuple[Span, ...]`
- `discover_themes(comments, *, pooled=False, encoder=None, progress=...) -> list[Proposal]`
- `code_comments(comments, themes, *, coded=(), weights=None, encoder=None, progress=...) -> list[Suggested]`
  Up to ten `Suggestion(code, probability, assigned, stance, start, end, reason)` for each comment.
- `Learner(comments, themes)`, then `.learn(coded)` and `.suggest(ids)` again and again while officers code
- `next_comments(comments, *, coded=(), probabilities=None, most=50) -> list[str]`
  Which to read next; probabilities are those of `Learner.probabilities(ids)`.
- `doubtful_codings(learner, coded, *, most=50) -> list[Doubt]`
- `suggest_stance(text, *, closed=None, theme="") -> str`
- `agreement(first, second) -> Agreement`, `compare_runs(before, after) -> Change`

In go `Comment(id, question, text, closed=None)`, `Theme(code, label, definition, cue_words, question)` and
`CodedComment(comment, (Coding(code, stance, quotes), ...))`. A span is in code points of the text given.
`progress(done, total)` is called as the work goes on; raise from it to stop. The order of the input changes
nothing but the order of a list that answers item by item.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.theming.campaigns.grouping import Campaign, Member, find_campaigns, near_identical
    from app.theming.check import Agreement, Change, ThemeAgreement, agreement, compare_runs
    from app.theming.choice import choose_encoder
    from app.theming.chosen_encoder import default_encoder, proposing_encoder
    from app.theming.coding.matcher import Suggested, Suggestion, code_comments
    from app.theming.coding.reasons import Reason
    from app.theming.coding.weights import Weights, WeightsError, default_weights, read_weights
    from app.theming.comments import STANCES, CodedComment, Coding, Comment, Progress, Theme
    from app.theming.discovery.proposals import Proposal, discover_themes
    from app.theming.doubts import Doubt, doubtful_codings
    from app.theming.encoders import Encoder, EncoderUnavailableError, NoEncoder
    from app.theming.learning import Learner
    from app.theming.points import Span, split_points
    from app.theming.reading_order import next_comments
    from app.theming.stance import suggest_stance
    from app.theming.stance_words import closed_position
    from app.theming.triage.handling import is_substantive
    from app.theming.triage.personal_data import PersonalData, find_personal_data
    from app.theming.triage.texts import Triage, triage_text, triage_texts

__all__ = [
    "STANCES", "Agreement", "Campaign", "Change", "CodedComment", "Coding", "Comment", "Doubt", "Encoder",
    "EncoderUnavailableError", "Learner", "Member", "NoEncoder", "PersonalData", "Progress", "Proposal",
    "Reason", "Span", "Suggested", "Suggestion", "Theme", "ThemeAgreement", "Triage", "Weights",
    "WeightsError", "agreement", "choose_encoder", "closed_position", "code_comments", "compare_runs",
    "default_encoder", "default_weights", "discover_themes", "doubtful_codings", "find_campaigns",
    "find_personal_data", "is_substantive", "near_identical", "next_comments", "proposing_encoder",
    "read_weights", "split_points", "suggest_stance", "triage_text", "triage_texts",
]  # fmt: skip

_HOMES = {
    "campaigns.grouping": ("Campaign", "Member", "find_campaigns", "near_identical"),
    "check": ("Agreement", "Change", "ThemeAgreement", "agreement", "compare_runs"),
    "choice": ("choose_encoder",),
    "coding.matcher": ("Suggested", "Suggestion", "code_comments"),
    "coding.reasons": ("Reason",),
    "coding.weights": ("Weights", "WeightsError", "default_weights", "read_weights"),
    "comments": ("STANCES", "CodedComment", "Coding", "Comment", "Progress", "Theme"),
    "chosen_encoder": ("default_encoder", "proposing_encoder"),
    "discovery.proposals": ("Proposal", "discover_themes"),
    "doubts": ("Doubt", "doubtful_codings"),
    "encoders": ("Encoder", "EncoderUnavailableError", "NoEncoder"),
    "learning": ("Learner",),
    "points": ("Span", "split_points"),
    "reading_order": ("next_comments",),
    "stance": ("suggest_stance",),
    "stance_words": ("closed_position",),
    "triage.handling": ("is_substantive",),
    "triage.personal_data": ("PersonalData", "find_personal_data"),
    "triage.texts": ("Triage", "triage_text", "triage_texts"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """A public name from the module that holds it (PEP 562)."""
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
