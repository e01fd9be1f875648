"""What the filters of comments offer in the consultation of this page, and how those in force read."""

from dataclasses import dataclass

from app.officer.forms import comment_list
from app.officer.forms.asked import Pairs
from app.responses.queries.choices import (
    QuestionChoices,
    Words,
    campaigns,
    coders,
    question_choices,
    words,
)
from app.themes.queries.frame import all_themes, in_tree_order
from app.themes.queries.handling import handling_labels
from app.web.access import visit


@dataclass(frozen=True)
class Offered:
    labels: Words
    choices: QuestionChoices
    themes: dict[str, str]
    flags: dict[str, str]
    campaigns: dict[str, str]
    coders: dict[str, str]

    def in_words(self, pairs: Pairs) -> list[tuple[str, str]]:
        """(name, what it says), for the filters in force."""
        return comment_list.in_words(
            pairs, labels=self.labels, choices=self.choices, themes=self.themes, flags=self.flags,
            campaigns=self.campaigns, coders=self.coders,
        )  # fmt: skip


def offered() -> Offered:
    consultation_id = visit().consultation_id
    themes = in_tree_order(all_themes(consultation_id))
    return Offered(
        labels=words(consultation_id),
        choices=question_choices(consultation_id),
        themes={theme.code: theme.label for theme in themes if not theme.merged_into_id},
        flags=handling_labels(visit().here),
        campaigns=campaigns(consultation_id),
        coders=coders(consultation_id),
    )
