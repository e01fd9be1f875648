"""The officers' addresses, in the order of the work. Each route declares who may open it."""

from flask import Blueprint

from app.officer import navigation
from app.officer.routes import (
    account,
    agreement,
    audit,
    bulk,
    bulk_list,
    by_theme,
    campaigns,
    changes,
    clean,
    clean_responses,
    code_start,
    comment_coding,
    comments,
    compare,
    consultation_people,
    dashboard,
    differences,
    equality,
    exclusions,
    exports,
    frame,
    frame_check,
    frame_edit,
    frame_history,
    frame_import,
    frame_merge,
    frame_place,
    frame_split,
    home,
    imports,
    letters,
    mail,
    my_work,
    partners_answers,
    people,
    proposals,
    reading,
    redactions,
    report,
    requests,
    responses,
    runs,
    safety,
    second_reading,
    sign_in,
    sign_off,
    stages,
    theme,
    views,
)
from app.web import access

officer = Blueprint("officer", __name__, url_prefix="/officer")
access.guard(officer, ask_to_sign_in=sign_in.ask_to_sign_in)
navigation.init_blueprint(officer)

officer.add_url_rule("/sign-in", "sign_in", sign_in.sign_in)
officer.add_url_rule("/sign-in", "sign_in_post", sign_in.sign_in_post, methods=["POST"])
officer.add_url_rule("/sign-out", "sign_out_post", sign_in.sign_out_post, methods=["POST"])
officer.add_url_rule("/set-up/<token>", "set_up_link", account.set_up_link)
officer.add_url_rule("/set-up", "set_up", account.set_up)
officer.add_url_rule("/set-up", "set_up_post", account.set_up_post, methods=["POST"])
officer.add_url_rule("/", "home", home.home)

officer.add_url_rule("/account", "account", account.account)
officer.add_url_rule("/account/password", "password", account.password)
officer.add_url_rule("/account/password", "password_post", account.password_post, methods=["POST"])
officer.add_url_rule("/account/shortcuts", "shortcuts_post", account.shortcuts_post, methods=["POST"])
officer.add_url_rule(
    "/account/sessions/<uuid:session_id>/end",
    "session_end_post",
    account.session_end_post,
    methods=["POST"],
)
officer.add_url_rule(
    "/account/sessions/end-others",
    "other_sessions_end_post",
    account.other_sessions_end_post,
    methods=["POST"],
)

officer.add_url_rule("/mail", "mail", mail.mail)
officer.add_url_rule("/people", "people", people.people)
officer.add_url_rule("/people/audit", "sign_in_audit", audit.sign_in_audit)
officer.add_url_rule("/people/add", "people_add", people.people_add)
officer.add_url_rule("/people/add", "people_add_post", people.people_add_post, methods=["POST"])
officer.add_url_rule("/people/<uuid:officer_id>", "person", people.one_person)
officer.add_url_rule("/people/<uuid:officer_id>", "person_post", people.person_post, methods=["POST"])
officer.add_url_rule(
    "/people/<uuid:officer_id>/link", "person_link_post", people.person_link_post, methods=["POST"]
)
officer.add_url_rule(
    "/people/<uuid:officer_id>/end", "person_end_post", people.person_end_post, methods=["POST"]
)
officer.add_url_rule(
    "/people/<uuid:officer_id>/return", "person_return_post", people.person_return_post, methods=["POST"]
)

officer.add_url_rule("/c/<slug>", "dashboard", dashboard.dashboard)
officer.add_url_rule("/c/<slug>/my-work", "my_work", my_work.my_work)
officer.add_url_rule("/c/<slug>/stage", "stage", stages.stage)
officer.add_url_rule("/c/<slug>/stage/dates", "dates", stages.dates)
officer.add_url_rule("/c/<slug>/stage/dates", "dates_post", stages.dates_post, methods=["POST"])
officer.add_url_rule("/c/<slug>/stage/extend", "extension", stages.extension)
officer.add_url_rule("/c/<slug>/stage/extend", "extension_post", stages.extension_post, methods=["POST"])
officer.add_url_rule("/c/<slug>/stage/move/<name>", "move", stages.move)
officer.add_url_rule("/c/<slug>/stage/move/<name>", "move_post", stages.move_post, methods=["POST"])

officer.add_url_rule("/c/<slug>/responses", "responses", responses.responses)
officer.add_url_rule("/c/<slug>/responses/<reference>", "response", responses.response)
officer.add_url_rule("/c/<slug>/responses/<reference>/exclude", "exclude", exclusions.show_exclude)
officer.add_url_rule(
    "/c/<slug>/responses/<reference>/exclude", "exclude_post", exclusions.exclude_post, methods=["POST"]
)
officer.add_url_rule("/c/<slug>/responses/<reference>/restore", "restore", exclusions.show_restore)
officer.add_url_rule(
    "/c/<slug>/responses/<reference>/restore", "restore_post", exclusions.restore_post, methods=["POST"]
)
officer.add_url_rule("/c/<slug>/responses/<reference>/late", "late", exclusions.show_late)
officer.add_url_rule(
    "/c/<slug>/responses/<reference>/late", "late_post", exclusions.late_post, methods=["POST"]
)
_CLEAN = "/c/<slug>/clean"
officer.add_url_rule(_CLEAN, "clean", clean.clean)
officer.add_url_rule(f"{_CLEAN}/<tab>", "clean_tab", clean.clean_tab)
officer.add_url_rule(f"{_CLEAN}/late", "late_read_post", clean.late_read_post, methods=["POST"])
_HIDE = f"{_CLEAN}/personal/<uuid:comment_id>"
officer.add_url_rule(_HIDE, "hide", redactions.hide)
officer.add_url_rule(_HIDE, "hide_post", redactions.hide_post, methods=["POST"])
officer.add_url_rule(f"{_HIDE}/found", "hide_found_post", redactions.hide_found_post, methods=["POST"])
officer.add_url_rule(f"{_HIDE}/nothing", "hide_nothing_post", redactions.hide_nothing_post, methods=["POST"])
officer.add_url_rule(f"{_HIDE}/again", "hide_undo_post", redactions.hide_undo_post, methods=["POST"])
_SAFETY = f"{_CLEAN}/safety/<uuid:comment_id>"
officer.add_url_rule(_SAFETY, "safety", safety.safety)
officer.add_url_rule(_SAFETY, "safety_post", safety.safety_post, methods=["POST"])
officer.add_url_rule(f"{_SAFETY}/again", "safety_again_post", safety.safety_again_post, methods=["POST"])
_PAIR = f"{_CLEAN}/duplicates/<uuid:item_id>"
officer.add_url_rule(_PAIR, "pair", clean_responses.pair)
officer.add_url_rule(_PAIR, "pair_post", clean_responses.pair_post, methods=["POST"])
officer.add_url_rule(f"{_PAIR}/again", "pair_again_post", clean_responses.pair_again_post, methods=["POST"])
for _tab in clean_responses.KINDS:
    _ONE, _end = f"{_CLEAN}/{_tab}/<reference>", f"clean_{_tab}"
    officer.add_url_rule(_ONE, _end, clean_responses.single)
    officer.add_url_rule(_ONE, f"{_end}_post", clean_responses.single_post, methods=["POST"])
    officer.add_url_rule(
        f"{_ONE}/again", f"{_end}_again_post", clean_responses.single_again_post, methods=["POST"]
    )
_LETTER = f"{_CLEAN}/letters/<uuid:comment_id>"
officer.add_url_rule(_LETTER, "letter", letters.letter)
officer.add_url_rule(_LETTER, "letter_post", letters.letter_post, methods=["POST"])
officer.add_url_rule(f"{_LETTER}/again", "letter_again_post", letters.letter_again_post, methods=["POST"])
officer.add_url_rule(f"{_CLEAN}/late/<reference>", "clean_late", exclusions.clean_late)
officer.add_url_rule(
    f"{_CLEAN}/late/<reference>", "clean_late_post", exclusions.clean_late_post, methods=["POST"]
)
_LEDGER = "/c/<slug>/campaigns"
officer.add_url_rule(_LEDGER, "campaigns", campaigns.ledger)
officer.add_url_rule(f"{_LEDGER}/petitions", "petition_post", campaigns.petition_post, methods=["POST"])
officer.add_url_rule(
    f"{_LEDGER}/petitions/remove", "petition_remove_post", campaigns.petition_remove_post, methods=["POST"]
)
_CAMPAIGN = f"{_LEDGER}/<uuid:campaign_id>"
officer.add_url_rule(_CAMPAIGN, "campaign", campaigns.campaign)
officer.add_url_rule(_CAMPAIGN, "campaign_post", campaigns.campaign_post, methods=["POST"])
for _end, _view in (
    ("themes", campaigns.campaign_theme_post),
    ("themes/remove", campaigns.campaign_theme_remove_post),
    ("themes/rest", campaigns.campaign_rest_post),
    ("senders", campaigns.campaign_sender_post),
    ("senders/add", campaigns.campaign_add_post),
    ("own-words", campaigns.campaign_own_words_post),
):
    officer.add_url_rule(f"{_CAMPAIGN}/{_end}", _view.__name__, _view, methods=["POST"])
officer.add_url_rule("/c/<slug>/comments", "comments", comments.comments)
_VIEWS = "/c/<slug>/comments/views"
officer.add_url_rule(_VIEWS, "saved_views", views.saved_views)
officer.add_url_rule(f"{_VIEWS}/save", "save_view", views.save_view_page)
officer.add_url_rule(f"{_VIEWS}/save", "save_view_post", views.save_view_post, methods=["POST"])
officer.add_url_rule(
    f"{_VIEWS}/<uuid:view_id>/delete", "view_delete_post", views.view_delete_post, methods=["POST"]
)
_COMMENT = "/c/<slug>/comments/<uuid:comment_id>"
officer.add_url_rule(_COMMENT, "comment", comment_coding.comment)
officer.add_url_rule(
    f"{_COMMENT}/themes", "comment_theme_post", comment_coding.comment_theme_post, methods=["POST"]
)
officer.add_url_rule(
    f"{_COMMENT}/themes/remove", "comment_remove_post", comment_coding.comment_remove_post, methods=["POST"]
)
officer.add_url_rule(
    f"{_COMMENT}/suggestions",
    "comment_suggestion_post",
    comment_coding.comment_suggestion_post,
    methods=["POST"],
)
officer.add_url_rule(
    f"{_COMMENT}/outcome", "comment_outcome_post", comment_coding.comment_outcome_post, methods=["POST"]
)

_READING = "/c/<slug>/code/<queue>/<uuid:comment_id>"
officer.add_url_rule("/c/<slug>/code", "code", code_start.code)
officer.add_url_rule("/c/<slug>/code", "code_post", code_start.code_post, methods=["POST"])
officer.add_url_rule("/c/<slug>/code/undo", "code_undo_post", code_start.code_undo_post, methods=["POST"])
officer.add_url_rule("/c/<slug>/code/<queue>", "code_end", code_start.code_end)
_BY_THEME = "/c/<slug>/code/theme/<code>"
officer.add_url_rule(_BY_THEME, "code_theme", by_theme.code_theme)
officer.add_url_rule(_BY_THEME, "code_theme_post", by_theme.code_theme_post, methods=["POST"])
officer.add_url_rule(_READING, "code_comment", reading.code_comment)
officer.add_url_rule(_READING, "code_comment_post", reading.code_comment_post, methods=["POST"])

officer.add_url_rule("/c/<slug>/frame", "frame", frame.frame)
officer.add_url_rule("/c/<slug>/frame/proposals", "proposals", proposals.proposals)
officer.add_url_rule(
    "/c/<slug>/frame/proposals/<uuid:proposal_id>", "proposal_post", proposals.proposal_post, methods=["POST"]
)
officer.add_url_rule("/c/<slug>/frame/ideas", "ideas", proposals.ideas)
officer.add_url_rule("/c/<slug>/frame/ideas", "ideas_post", proposals.ideas_post, methods=["POST"])
officer.add_url_rule("/c/<slug>/frame/add", "theme_add", frame_edit.theme_add)
officer.add_url_rule("/c/<slug>/frame/add", "theme_add_post", frame_edit.theme_add_post, methods=["POST"])
officer.add_url_rule("/c/<slug>/frame/add-section", "section_add", frame_edit.section_add)
officer.add_url_rule(
    "/c/<slug>/frame/add-section", "section_add_post", frame_edit.section_add_post, methods=["POST"]
)
_BRING_IN = "/c/<slug>/frame/import"
officer.add_url_rule(_BRING_IN, "frame_import", frame_import.frame_import)
officer.add_url_rule(_BRING_IN, "frame_import_post", frame_import.frame_import_post, methods=["POST"])
officer.add_url_rule(
    f"{_BRING_IN}/apply", "frame_import_apply_post", frame_import.frame_import_apply_post, methods=["POST"]
)
officer.add_url_rule(f"{_BRING_IN}/from/<source>", "frame_reuse", frame_import.frame_reuse)
_CHECK = "/c/<slug>/frame/check"
officer.add_url_rule(_CHECK, "frame_check", frame_check.frame_check)
officer.add_url_rule(f"{_CHECK}/<warning>", "frame_warning", frame_check.frame_warning)
officer.add_url_rule(
    f"{_CHECK}/<warning>", "frame_warning_post", frame_check.frame_warning_post, methods=["POST"]
)
officer.add_url_rule(
    f"{_CHECK}/<warning>/again",
    "frame_warning_again_post",
    frame_check.frame_warning_again_post,
    methods=["POST"],
)
_THEME = "/c/<slug>/frame/themes/<code>"
officer.add_url_rule(f"{_THEME}/edit", "theme_edit", frame_edit.theme_edit)
officer.add_url_rule(f"{_THEME}/edit", "theme_edit_post", frame_edit.theme_edit_post, methods=["POST"])
officer.add_url_rule(f"{_THEME}/merge", "theme_merge", frame_merge.theme_merge)
officer.add_url_rule(f"{_THEME}/merge", "theme_merge_post", frame_merge.theme_merge_post, methods=["POST"])
officer.add_url_rule(f"{_THEME}/split", "theme_split", frame_split.theme_split)
officer.add_url_rule(f"{_THEME}/split", "theme_split_post", frame_split.theme_split_post, methods=["POST"])
officer.add_url_rule(f"{_THEME}/move", "theme_move", frame_place.theme_move)
officer.add_url_rule(f"{_THEME}/move", "theme_move_post", frame_place.theme_move_post, methods=["POST"])
officer.add_url_rule(f"{_THEME}/retire", "theme_retire", frame_place.theme_retire)
officer.add_url_rule(f"{_THEME}/retire", "theme_retire_post", frame_place.theme_retire_post, methods=["POST"])
_STEP = "/c/<slug>/frame/history/<uuid:operation_id>"
officer.add_url_rule("/c/<slug>/frame/history", "frame_history", frame_history.frame_history)
officer.add_url_rule(
    "/c/<slug>/frame/versions/<int(max=999999):number>", "frame_version", frame_history.frame_version
)
officer.add_url_rule(_STEP, "frame_operation", frame_history.frame_operation)
officer.add_url_rule(f"{_STEP}/undo", "frame_undo_post", frame_history.frame_undo_post, methods=["POST"])
officer.add_url_rule("/c/<slug>/frame/themes/<code>", "theme", theme.theme)
officer.add_url_rule("/c/<slug>/frame/themes/<code>", "theme_post", theme.theme_post, methods=["POST"])
officer.add_url_rule("/c/<slug>/bulk", "bulk_start", bulk.bulk_start)
officer.add_url_rule("/c/<slug>/bulk/list", "bulk_list", bulk_list.bulk_list)
officer.add_url_rule("/c/<slug>/bulk/list", "bulk_list_post", bulk_list.bulk_list_post, methods=["POST"])
officer.add_url_rule("/c/<slug>/bulk/<action>/<code>", "bulk", bulk.bulk)
officer.add_url_rule("/c/<slug>/bulk/<action>/<code>", "bulk_post", bulk.bulk_post, methods=["POST"])
officer.add_url_rule("/c/<slug>/compare", "compare", compare.compare)
_RUN = "/c/<slug>/runs/<int(max=999999):number>"
officer.add_url_rule("/c/<slug>/runs", "runs", runs.runs)
officer.add_url_rule("/c/<slug>/runs", "runs_post", runs.runs_post, methods=["POST"])
officer.add_url_rule(_RUN, "run", runs.run)
officer.add_url_rule(f"{_RUN}/stop", "run_stop_post", runs.run_stop_post, methods=["POST"])
officer.add_url_rule("/c/<slug>/changes", "changes", changes.changes)
officer.add_url_rule("/c/<slug>/changes/<uuid:change_id>", "change", changes.change)
officer.add_url_rule(
    "/c/<slug>/changes/<uuid:change_id>/undo", "change_undo_post", changes.change_undo_post, methods=["POST"]
)

officer.add_url_rule("/c/<slug>/people", "consultation_people", consultation_people.people)
officer.add_url_rule(
    "/c/<slug>/people", "consultation_people_post", consultation_people.people_post, methods=["POST"]
)
officer.add_url_rule("/c/<slug>/people/<uuid:officer_id>", "consultation_person", consultation_people.person)
officer.add_url_rule(
    "/c/<slug>/people/<uuid:officer_id>",
    "consultation_person_post",
    consultation_people.person_post,
    methods=["POST"],
)
officer.add_url_rule(
    "/c/<slug>/people/<uuid:officer_id>/end",
    "consultation_person_end_post",
    consultation_people.person_end_post,
    methods=["POST"],
)

officer.add_url_rule("/c/<slug>/audit", "audit", audit.audit)
officer.add_url_rule("/c/<slug>/exports", "exports", exports.exports)
officer.add_url_rule("/c/<slug>/exports", "exports_post", exports.exports_post, methods=["POST"])
officer.add_url_rule("/c/<slug>/exports/<uuid:export_id>", "export", exports.export)
_SAMPLE = "/c/<slug>/agreement/<int(max=999999):number>"
_SECOND = f"{_SAMPLE}/read/<uuid:comment_id>"
officer.add_url_rule("/c/<slug>/agreement", "agreement", agreement.agreement)
officer.add_url_rule("/c/<slug>/agreement", "agreement_post", agreement.agreement_post, methods=["POST"])
officer.add_url_rule(_SAMPLE, "agreement_sample", agreement.agreement_sample)
officer.add_url_rule(f"{_SAMPLE}/read", "second_reading", second_reading.second_reading)
officer.add_url_rule(
    f"{_SAMPLE}/read", "second_reading_post", second_reading.second_reading_post, methods=["POST"]
)
officer.add_url_rule(_SECOND, "second_comment", second_reading.second_comment)
officer.add_url_rule(_SECOND, "second_comment_post", second_reading.second_comment_post, methods=["POST"])
_DIFFERENCES = "/c/<slug>/agreement/differences"
officer.add_url_rule(_DIFFERENCES, "agreement_differences", differences.agreement_differences)
officer.add_url_rule(
    _DIFFERENCES, "agreement_differences_post", differences.agreement_differences_post, methods=["POST"]
)
officer.add_url_rule("/c/<slug>/sign-off", "sign_off", sign_off.sign_off)
officer.add_url_rule("/c/<slug>/sign-off", "sign_off_post", sign_off.sign_off_post, methods=["POST"])
officer.add_url_rule(
    "/c/<slug>/sign-off/reopen", "sign_off_reopen_post", sign_off.sign_off_reopen_post, methods=["POST"]
)
_IMPORT = "/c/<slug>/imports/<int(max=999999):number>"
officer.add_url_rule("/c/<slug>/imports", "imports", imports.imports)
officer.add_url_rule("/c/<slug>/imports", "imports_post", imports.imports_post, methods=["POST"])
officer.add_url_rule(_IMPORT, "import_", imports.import_)
officer.add_url_rule(_IMPORT, "import_post", imports.import_post, methods=["POST"])
officer.add_url_rule("/c/<slug>/equality", "equality", equality.equality)

_REQUEST = "/c/<slug>/requests/<case_number>"
officer.add_url_rule("/c/<slug>/requests", "requests", requests.requests)
officer.add_url_rule(_REQUEST, "request", requests.request)
officer.add_url_rule(_REQUEST, "request_post", requests.request_post, methods=["POST"])
officer.add_url_rule(f"{_REQUEST}/take", "request_take_post", requests.request_take_post, methods=["POST"])
officer.add_url_rule(f"{_REQUEST}/erase", "request_erase", requests.request_erase)
officer.add_url_rule(f"{_REQUEST}/erase", "request_erase_post", requests.request_erase_post, methods=["POST"])

_ANSWER = "/c/<slug>/report/answers/<code>"
officer.add_url_rule("/c/<slug>/report/answers", "partners_answers", partners_answers.partners_answers)
officer.add_url_rule(_ANSWER, "partners_answer", partners_answers.partners_answer)
officer.add_url_rule(_ANSWER, "partners_answer_post", partners_answers.partners_answer_post, methods=["POST"])
officer.add_url_rule(f"{_ANSWER}/remove", "partners_answer_remove", partners_answers.partners_answer_remove)
officer.add_url_rule(
    f"{_ANSWER}/remove",
    "partners_answer_remove_post",
    partners_answers.partners_answer_remove_post,
    methods=["POST"],
)
_RELEASE = "/c/<slug>/report/releases/<int(max=999999):number>"
officer.add_url_rule("/c/<slug>/report", "report", report.show)
officer.add_url_rule("/c/<slug>/report/freeze", "report_freeze", report.show_freeze)
officer.add_url_rule("/c/<slug>/report/freeze", "report_freeze_post", report.freeze_post, methods=["POST"])
officer.add_url_rule(_RELEASE, "report_release", report.release)
officer.add_url_rule(f"{_RELEASE}/publish", "report_publish", report.show_publish)
officer.add_url_rule(
    f"{_RELEASE}/publish",
    "report_publish_post",
    report.publish_post,
    methods=["POST"],
)
officer.add_url_rule(f"{_RELEASE}/withdraw", "report_withdraw", report.show_withdraw)
officer.add_url_rule(
    f"{_RELEASE}/withdraw",
    "report_withdraw_post",
    report.withdraw_post,
    methods=["POST"],
)
