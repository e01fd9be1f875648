"""The public's addresses, in the order of the journey."""

from flask import Blueprint

from app.public.routes import (
    change,
    colleagues,
    consultations,
    continuing,
    contributing,
    draft,
    equality,
    health,
    information,
    leaving,
    letter,
    link_again,
    outcome,
    paper,
    part,
    reply,
    report,
    send,
    start,
    your_data,
)
from app.web.addresses import addresses

public = Blueprint("public", __name__)
at = addresses(public)

at("/", "index", consultations.index)
at("/c/<slug>", "consultation", consultations.show)
at("/c/<slug>/draft", "draft", draft.show)
at("/c/<slug>/draft.pdf", "draft_pdf", paper.draft_pdf)
at("/c/<slug>/draft/<section_key>", "draft_section", draft.section)
at("/c/<slug>/changes", "draft_changes", draft.changes)
at("/c/<slug>/questions", "questions", paper.questions)
at("/c/<slug>/questions.pdf", "questions_pdf", paper.questions_pdf)
at("/c/<slug>/report", "report", report.report)

at("/c/<slug>/reply/start", "start", start.show)
at("/c/<slug>/reply/start", "start_post", start.start)
at("/c/<slug>/reply", "reply", reply.show)
at("/c/<slug>/reply/leave", "leave_post", reply.leave)
at("/c/<slug>/reply/letter", "letter", letter.show)
at("/c/<slug>/reply/letter", "letter_post", letter.save)
at("/c/<slug>/reply/invite", "invite", colleagues.show_invitation)
at("/c/<slug>/reply/invite", "invite_post", colleagues.make_invitation)
at("/c/<slug>/reply/invite/end", "invite_end_post", colleagues.stop_invitation)
at("/c/<slug>/reply/colleagues", "colleagues", colleagues.show)
at("/c/<slug>/reply/colleagues", "colleagues_post", colleagues.decide)
at("/c/<slug>/reply/check", "check", send.check)
at("/c/<slug>/reply/check", "check_post", send.send)
_EQUALITY = "/c/<slug>/reply/equality"
at(_EQUALITY, "equality", equality.show)
at(_EQUALITY, "equality_post", equality.begin)
at(f"{_EQUALITY}/<int(max=9999):number>", "equality_question", equality.question)
at(f"{_EQUALITY}/<int(max=9999):number>", "equality_question_post", equality.answer)
at(f"{_EQUALITY}/delete", "equality_delete", equality.show_delete)
at(f"{_EQUALITY}/delete", "equality_delete_post", equality.delete)
at("/c/<slug>/reply/sent", "sent", send.sent)
at("/c/<slug>/reply/copy", "copy", paper.copy)
at("/c/<slug>/reply/copy.html", "copy_file", paper.copy_file)
at("/c/<slug>/reply/copy.pdf", "copy_pdf", paper.copy_pdf)
at("/c/<slug>/reply/change", "change", change.show)
at("/c/<slug>/reply/change", "change_post", change.begin)
at("/c/<slug>/reply/change/keep", "keep_post", change.keep)
at("/c/<slug>/reply/withdraw", "withdraw", leaving.ask_to_withdraw)
at("/c/<slug>/reply/withdraw", "withdraw_post", leaving.withdraw)
at("/c/<slug>/reply/delete", "delete", leaving.ask_to_delete)
at("/c/<slug>/reply/delete", "delete_post", leaving.delete)
at("/c/<slug>/reply/late", "late_post", leaving.late)
at("/c/<slug>/reply/outcome", "outcome", outcome.outcome)
at("/c/<slug>/reply/outcome", "outcome_post", outcome.outcome_wrong)
at("/c/<slug>/reply/your-data", "your_data", your_data.your_data)
at("/c/<slug>/reply/your-data", "your_data_post", your_data.your_data_ask)
at("/c/<slug>/reply/your-data/copy.json", "your_data_json", your_data.your_data_json)
at("/c/<slug>/reply/your-data/copy.html", "your_data_html", your_data.your_data_html)
at("/c/<slug>/reply/<part_key>", "part", part.show)
at("/c/<slug>/reply/<part_key>", "part_post", part.save)
at("/continue", "continue_form", continuing.show)
at("/continue", "continue_post", continuing.find)
at("/continue/again", "link_again", link_again.show)
at("/continue/again", "link_again_post", link_again.ask)
at("/continue/again/asked", "link_again_asked", link_again.asked)
at("/continue/<token>", "continue_link", continuing.link)
at("/contribute", "contribute", contributing.show)
at("/contribute", "contribute_post", contributing.find)
at("/contribute/parts", "contribute_parts", contributing.parts)
at("/contribute/parts/<part_key>", "contribute_part", contributing.part)
at("/contribute/parts/<part_key>", "contribute_part_post", contributing.save)
at("/contribute/leave", "contribute_leave_post", contributing.leave)
at("/contribute/<token>", "contribute_link", contributing.link)

at("/privacy", "privacy", information.privacy)
at("/cookies", "cookies", information.cookies)
at("/accessibility", "accessibility", information.accessibility)
at("/contact", "contact", information.contact)
at("/healthz", "healthz", health.healthz)
