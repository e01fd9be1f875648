"""What the partners' answer to a theme is called, to respondents and to the officers who write it."""

from app.enums import PartnerAnswerKind
from app.rendering.words import later

ANSWERS = {
    PartnerAnswerKind.ACCEPTED: later("Accepted"),
    PartnerAnswerKind.PARTLY: later("Accepted in part"),
    PartnerAnswerKind.NOTED: later("Noted"),
    PartnerAnswerKind.NOT_ACCEPTED: later("Not accepted"),
}
