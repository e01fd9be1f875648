from app.public.forms.questions import PartForm, long_text
from app.rendering.words import later
from app.responses.new_answers import NewAnswer
from app.responses.queries.reply import Given
from app.responses.services.save_part import LETTER

HINT = later(
    "Officers will match each part to the questions. "
    "The questions you do not answer count as “not asked”, not as “no opinion”."
)


class LetterForm(PartForm):
    letter = long_text(later("Your letter"), HINT)

    def answer(self) -> NewAnswer:
        return NewAnswer(text=self.letter.data or "", seen=self.versions_seen().get(LETTER))


def letter_form(given: Given) -> LetterForm:
    return LetterForm(data={"letter": given.text, "seen": letter_shown(given)})


def letter_shown(given: Given) -> str:
    return f"{LETTER}:{given.version}"
