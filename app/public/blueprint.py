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

public = Blueprint("public", __name__)

public.add_url_rule("/", "index", consultations.index)
public.add_url_rule("/c/<slug>", "consultation", consultations.show)
public.add_url_rule("/c/<slug>/draft", "draft", draft.show)
public.add_url_rule("/c/<slug>/draft.pdf", "draft_pdf", paper.draft_pdf)
public.add_url_rule("/c/<slug>/draft/<section_key>", "draft_section", draft.section)
public.add_url_rule("/c/<slug>/questions", "questions", paper.questions)
public.add_url_rule("/c/<slug>/questions.pdf", "questions_pdf", paper.questions_pdf)
public.add_url_rule("/c/<slug>/report", "report", report.report)

public.add_url_rule("/c/<slug>/reply/start", "start", start.show)
public.add_url_rule("/c/<slug>/reply/start", "start_post", start.start, methods=["POST"])
public.add_url_rule("/c/<slug>/reply", "reply", reply.show)
public.add_url_rule("/c/<slug>/reply/leave", "leave_post", reply.leave, methods=["POST"])
public.add_url_rule("/c/<slug>/reply/letter", "letter", letter.show)
public.add_url_rule("/c/<slug>/reply/letter", "letter_post", letter.save, methods=["POST"])
public.add_url_rule("/c/<slug>/reply/invite", "invite", colleagues.show_invitation)
public.add_url_rule("/c/<slug>/reply/invite", "invite_post", colleagues.make_invitation, methods=["POST"])
public.add_url_rule(
    "/c/<slug>/reply/invite/end", "invite_end_post", colleagues.stop_invitation, methods=["POST"]
)
public.add_url_rule("/c/<slug>/reply/colleagues", "colleagues", colleagues.show)
public.add_url_rule("/c/<slug>/reply/colleagues", "colleagues_post", colleagues.decide, methods=["POST"])
public.add_url_rule("/c/<slug>/reply/check", "check", send.check)
public.add_url_rule("/c/<slug>/reply/check", "check_post", send.send, methods=["POST"])
_EQUALITY = "/c/<slug>/reply/equality"
public.add_url_rule(_EQUALITY, "equality", equality.show)
public.add_url_rule(_EQUALITY, "equality_post", equality.begin, methods=["POST"])
public.add_url_rule(f"{_EQUALITY}/<int(max=9999):number>", "equality_question", equality.question)
public.add_url_rule(
    f"{_EQUALITY}/<int(max=9999):number>", "equality_question_post", equality.answer, methods=["POST"]
)
public.add_url_rule(f"{_EQUALITY}/delete", "equality_delete", equality.show_delete)
public.add_url_rule(f"{_EQUALITY}/delete", "equality_delete_post", equality.delete, methods=["POST"])
public.add_url_rule("/c/<slug>/reply/sent", "sent", send.sent)
public.add_url_rule("/c/<slug>/reply/copy", "copy", paper.copy)
public.add_url_rule("/c/<slug>/reply/copy.html", "copy_file", paper.copy_file)
public.add_url_rule("/c/<slug>/reply/copy.pdf", "copy_pdf", paper.copy_pdf)
public.add_url_rule("/c/<slug>/reply/change", "change", change.show)
public.add_url_rule("/c/<slug>/reply/change", "change_post", change.begin, methods=["POST"])
public.add_url_rule("/c/<slug>/reply/change/keep", "keep_post", change.keep, methods=["POST"])
public.add_url_rule("/c/<slug>/reply/withdraw", "withdraw", leaving.ask_to_withdraw)
public.add_url_rule("/c/<slug>/reply/withdraw", "withdraw_post", leaving.withdraw, methods=["POST"])
public.add_url_rule("/c/<slug>/reply/delete", "delete", leaving.ask_to_delete)
public.add_url_rule("/c/<slug>/reply/delete", "delete_post", leaving.delete, methods=["POST"])
public.add_url_rule("/c/<slug>/reply/late", "late_post", leaving.late, methods=["POST"])
public.add_url_rule("/c/<slug>/reply/outcome", "outcome", outcome.outcome)
public.add_url_rule("/c/<slug>/reply/outcome", "outcome_post", outcome.outcome_wrong, methods=["POST"])
public.add_url_rule("/c/<slug>/reply/your-data", "your_data", your_data.your_data)
public.add_url_rule("/c/<slug>/reply/your-data", "your_data_post", your_data.your_data_ask, methods=["POST"])
public.add_url_rule("/c/<slug>/reply/your-data/copy.json", "your_data_json", your_data.your_data_json)
public.add_url_rule("/c/<slug>/reply/your-data/copy.html", "your_data_html", your_data.your_data_html)
public.add_url_rule("/c/<slug>/reply/<part_key>", "part", part.show)
public.add_url_rule("/c/<slug>/reply/<part_key>", "part_post", part.save, methods=["POST"])
public.add_url_rule("/continue", "continue_form", continuing.show)
public.add_url_rule("/continue", "continue_post", continuing.find, methods=["POST"])
public.add_url_rule("/continue/again", "link_again", link_again.show)
public.add_url_rule("/continue/again", "link_again_post", link_again.ask, methods=["POST"])
public.add_url_rule("/continue/again/asked", "link_again_asked", link_again.asked)
public.add_url_rule("/continue/<token>", "continue_link", continuing.link)
public.add_url_rule("/contribute", "contribute", contributing.show)
public.add_url_rule("/contribute", "contribute_post", contributing.find, methods=["POST"])
public.add_url_rule("/contribute/parts", "contribute_parts", contributing.parts)
public.add_url_rule("/contribute/parts/<part_key>", "contribute_part", contributing.part)
public.add_url_rule(
    "/contribute/parts/<part_key>", "contribute_part_post", contributing.save, methods=["POST"]
)
public.add_url_rule("/contribute/leave", "contribute_leave_post", contributing.leave, methods=["POST"])
public.add_url_rule("/contribute/<token>", "contribute_link", contributing.link)

public.add_url_rule("/privacy", "privacy", information.privacy)
public.add_url_rule("/cookies", "cookies", information.cookies)
public.add_url_rule("/accessibility", "accessibility", information.accessibility)
public.add_url_rule("/contact", "contact", information.contact)
public.add_url_rule("/healthz", "healthz", health.healthz)
