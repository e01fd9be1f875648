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
    run_compare,
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
from app.web.addresses import addresses

officer = Blueprint("officer", __name__, url_prefix="/officer")
at = addresses(officer)
access.guard(officer, ask_to_sign_in=sign_in.ask_to_sign_in)
navigation.init_blueprint(officer)

at("/sign-in", "sign_in", sign_in.sign_in)
at("/sign-in", "sign_in_post", sign_in.sign_in_post)
at("/sign-out", "sign_out_post", sign_in.sign_out_post)
at("/set-up/<token>", "set_up_link", account.set_up_link)
at("/set-up", "set_up", account.set_up)
at("/set-up", "set_up_post", account.set_up_post)
at("/", "home", home.home)

at("/account", "account", account.account)
at("/account/password", "password", account.password)
at("/account/password", "password_post", account.password_post)
at("/account/shortcuts", "shortcuts_post", account.shortcuts_post)
at("/account/sessions/<uuid:session_id>/end", "session_end_post", account.session_end_post)
at("/account/sessions/end-others", "other_sessions_end_post", account.other_sessions_end_post)

at("/mail", "mail", mail.mail)
at("/people", "people", people.people)
at("/people/audit", "sign_in_audit", audit.sign_in_audit)
at("/people/add", "people_add", people.people_add)
at("/people/add", "people_add_post", people.people_add_post)
at("/people/<uuid:officer_id>", "person", people.one_person)
at("/people/<uuid:officer_id>", "person_post", people.person_post)
at("/people/<uuid:officer_id>/link", "person_link_post", people.person_link_post)
at("/people/<uuid:officer_id>/end", "person_end_post", people.person_end_post)
at("/people/<uuid:officer_id>/return", "person_return_post", people.person_return_post)

at("/c/<slug>", "dashboard", dashboard.dashboard)
at("/c/<slug>/my-work", "my_work", my_work.my_work)
at("/c/<slug>/stage", "stage", stages.stage)
at("/c/<slug>/stage/dates", "dates", stages.dates)
at("/c/<slug>/stage/dates", "dates_post", stages.dates_post)
at("/c/<slug>/stage/extend", "extension", stages.extension)
at("/c/<slug>/stage/extend", "extension_post", stages.extension_post)
at("/c/<slug>/stage/move/<name>", "move", stages.move)
at("/c/<slug>/stage/move/<name>", "move_post", stages.move_post)

at("/c/<slug>/responses", "responses", responses.responses)
at("/c/<slug>/responses/<reference>", "response", responses.response)
at("/c/<slug>/responses/<reference>/exclude", "exclude", exclusions.show_exclude)
at("/c/<slug>/responses/<reference>/exclude", "exclude_post", exclusions.exclude_post)
at("/c/<slug>/responses/<reference>/restore", "restore", exclusions.show_restore)
at("/c/<slug>/responses/<reference>/restore", "restore_post", exclusions.restore_post)
at("/c/<slug>/responses/<reference>/late", "late", exclusions.show_late)
at("/c/<slug>/responses/<reference>/late", "late_post", exclusions.late_post)
_CLEAN = "/c/<slug>/clean"
at(_CLEAN, "clean", clean.clean)
at(f"{_CLEAN}/<tab>", "clean_tab", clean.clean_tab)
at(f"{_CLEAN}/late", "late_read_post", clean.late_read_post)
_HIDE = f"{_CLEAN}/personal/<uuid:comment_id>"
at(_HIDE, "hide", redactions.hide)
at(_HIDE, "hide_post", redactions.hide_post)
at(f"{_HIDE}/found", "hide_found_post", redactions.hide_found_post)
at(f"{_HIDE}/nothing", "hide_nothing_post", redactions.hide_nothing_post)
at(f"{_HIDE}/again", "hide_undo_post", redactions.hide_undo_post)
_SAFETY = f"{_CLEAN}/safety/<uuid:comment_id>"
at(_SAFETY, "safety", safety.safety)
at(_SAFETY, "safety_post", safety.safety_post)
at(f"{_SAFETY}/again", "safety_again_post", safety.safety_again_post)
_PAIR = f"{_CLEAN}/duplicates/<uuid:item_id>"
at(_PAIR, "pair", clean_responses.pair)
at(_PAIR, "pair_post", clean_responses.pair_post)
at(f"{_PAIR}/again", "pair_again_post", clean_responses.pair_again_post)
for _tab in clean_responses.KINDS:
    _ONE, _end = f"{_CLEAN}/{_tab}/<reference>", f"clean_{_tab}"
    at(_ONE, _end, clean_responses.single)
    at(_ONE, f"{_end}_post", clean_responses.single_post)
    at(f"{_ONE}/again", f"{_end}_again_post", clean_responses.single_again_post)
_LETTER = f"{_CLEAN}/letters/<uuid:comment_id>"
at(_LETTER, "letter", letters.letter)
at(_LETTER, "letter_post", letters.letter_post)
at(f"{_LETTER}/again", "letter_again_post", letters.letter_again_post)
at(f"{_CLEAN}/late/<reference>", "clean_late", exclusions.clean_late)
at(f"{_CLEAN}/late/<reference>", "clean_late_post", exclusions.clean_late_post)
_LEDGER = "/c/<slug>/campaigns"
at(_LEDGER, "campaigns", campaigns.ledger)
at(f"{_LEDGER}/petitions", "petition_post", campaigns.petition_post)
at(f"{_LEDGER}/petitions/remove", "petition_remove_post", campaigns.petition_remove_post)
_CAMPAIGN = f"{_LEDGER}/<uuid:campaign_id>"
at(_CAMPAIGN, "campaign", campaigns.campaign)
at(_CAMPAIGN, "campaign_post", campaigns.campaign_post)
for _end, _view in (
    ("themes", campaigns.campaign_theme_post),
    ("themes/remove", campaigns.campaign_theme_remove_post),
    ("themes/rest", campaigns.campaign_rest_post),
    ("senders", campaigns.campaign_sender_post),
    ("senders/add", campaigns.campaign_add_post),
    ("own-words", campaigns.campaign_own_words_post),
):
    at(f"{_CAMPAIGN}/{_end}", _view.__name__, _view)
at("/c/<slug>/comments", "comments", comments.comments)
_VIEWS = "/c/<slug>/comments/views"
at(_VIEWS, "saved_views", views.saved_views)
at(f"{_VIEWS}/save", "save_view", views.save_view_page)
at(f"{_VIEWS}/save", "save_view_post", views.save_view_post)
at(f"{_VIEWS}/<uuid:view_id>/delete", "view_delete_post", views.view_delete_post)
_COMMENT = "/c/<slug>/comments/<uuid:comment_id>"
at(_COMMENT, "comment", comment_coding.comment)
at(f"{_COMMENT}/themes", "comment_theme_post", comment_coding.comment_theme_post)
at(f"{_COMMENT}/themes/remove", "comment_remove_post", comment_coding.comment_remove_post)
at(f"{_COMMENT}/suggestions", "comment_suggestion_post", comment_coding.comment_suggestion_post)
at(f"{_COMMENT}/outcome", "comment_outcome_post", comment_coding.comment_outcome_post)

_READING = "/c/<slug>/code/<queue>/<uuid:comment_id>"
at("/c/<slug>/code", "code", code_start.code)
at("/c/<slug>/code", "code_post", code_start.code_post)
at("/c/<slug>/code/undo", "code_undo_post", code_start.code_undo_post)
at("/c/<slug>/code/<queue>", "code_end", code_start.code_end)
_BY_THEME = "/c/<slug>/code/theme/<code>"
at(_BY_THEME, "code_theme", by_theme.code_theme)
at(_BY_THEME, "code_theme_post", by_theme.code_theme_post)
at(_READING, "code_comment", reading.code_comment)
at(_READING, "code_comment_post", reading.code_comment_post)

at("/c/<slug>/frame", "frame", frame.frame)
at("/c/<slug>/frame/proposals", "proposals", proposals.proposals)
at("/c/<slug>/frame/proposals/<uuid:proposal_id>", "proposal_post", proposals.proposal_post)
at("/c/<slug>/frame/ideas", "ideas", proposals.ideas)
at("/c/<slug>/frame/ideas", "ideas_post", proposals.ideas_post)
at("/c/<slug>/frame/add", "theme_add", frame_edit.theme_add)
at("/c/<slug>/frame/add", "theme_add_post", frame_edit.theme_add_post)
at("/c/<slug>/frame/add-section", "section_add", frame_edit.section_add)
at("/c/<slug>/frame/add-section", "section_add_post", frame_edit.section_add_post)
_BRING_IN = "/c/<slug>/frame/import"
at(_BRING_IN, "frame_import", frame_import.frame_import)
at(_BRING_IN, "frame_import_post", frame_import.frame_import_post)
at(f"{_BRING_IN}/apply", "frame_import_apply_post", frame_import.frame_import_apply_post)
at(f"{_BRING_IN}/from/<source>", "frame_reuse", frame_import.frame_reuse)
_CHECK = "/c/<slug>/frame/check"
at(_CHECK, "frame_check", frame_check.frame_check)
at(f"{_CHECK}/<warning>", "frame_warning", frame_check.frame_warning)
at(f"{_CHECK}/<warning>", "frame_warning_post", frame_check.frame_warning_post)
at(f"{_CHECK}/<warning>/again", "frame_warning_again_post", frame_check.frame_warning_again_post)
_THEME = "/c/<slug>/frame/themes/<code>"
at(f"{_THEME}/edit", "theme_edit", frame_edit.theme_edit)
at(f"{_THEME}/edit", "theme_edit_post", frame_edit.theme_edit_post)
at(f"{_THEME}/merge", "theme_merge", frame_merge.theme_merge)
at(f"{_THEME}/merge", "theme_merge_post", frame_merge.theme_merge_post)
at(f"{_THEME}/split", "theme_split", frame_split.theme_split)
at(f"{_THEME}/split", "theme_split_post", frame_split.theme_split_post)
at(f"{_THEME}/move", "theme_move", frame_place.theme_move)
at(f"{_THEME}/move", "theme_move_post", frame_place.theme_move_post)
at(f"{_THEME}/retire", "theme_retire", frame_place.theme_retire)
at(f"{_THEME}/retire", "theme_retire_post", frame_place.theme_retire_post)
_STEP = "/c/<slug>/frame/history/<uuid:operation_id>"
at("/c/<slug>/frame/history", "frame_history", frame_history.frame_history)
at("/c/<slug>/frame/versions/<int(max=999999):number>", "frame_version", frame_history.frame_version)
at(_STEP, "frame_operation", frame_history.frame_operation)
at(f"{_STEP}/undo", "frame_undo_post", frame_history.frame_undo_post)
at("/c/<slug>/frame/themes/<code>", "theme", theme.theme)
at("/c/<slug>/frame/themes/<code>", "theme_post", theme.theme_post)
at("/c/<slug>/bulk", "bulk_start", bulk.bulk_start)
at("/c/<slug>/bulk/list", "bulk_list", bulk_list.bulk_list)
at("/c/<slug>/bulk/list", "bulk_list_post", bulk_list.bulk_list_post)
at("/c/<slug>/bulk/<action>/<code>", "bulk", bulk.bulk)
at("/c/<slug>/bulk/<action>/<code>", "bulk_post", bulk.bulk_post)
at("/c/<slug>/compare", "compare", compare.compare)
_RUN = "/c/<slug>/runs/<int(max=999999):number>"
at("/c/<slug>/runs", "runs", runs.runs)
at("/c/<slug>/runs", "runs_post", runs.runs_post)
at("/c/<slug>/runs/compare", "compare_runs", run_compare.compare_runs)
at("/c/<slug>/runs/compare", "compare_runs_post", run_compare.compare_runs_post)
at(_RUN, "run", runs.run)
at(f"{_RUN}/stop", "run_stop_post", runs.run_stop_post)
at("/c/<slug>/changes", "changes", changes.changes)
at("/c/<slug>/changes/<uuid:change_id>", "change", changes.change)
at("/c/<slug>/changes/<uuid:change_id>/undo", "change_undo_post", changes.change_undo_post)

at("/c/<slug>/people", "consultation_people", consultation_people.people)
at("/c/<slug>/people", "consultation_people_post", consultation_people.people_post)
at("/c/<slug>/people/<uuid:officer_id>", "consultation_person", consultation_people.person)
at("/c/<slug>/people/<uuid:officer_id>", "consultation_person_post", consultation_people.person_post)
at(
    "/c/<slug>/people/<uuid:officer_id>/end",
    "consultation_person_end_post",
    consultation_people.person_end_post,
)

at("/c/<slug>/audit", "audit", audit.audit)
at("/c/<slug>/exports", "exports", exports.exports)
at("/c/<slug>/exports", "exports_post", exports.exports_post)
at("/c/<slug>/exports/<uuid:export_id>", "export", exports.export)
_SAMPLE = "/c/<slug>/agreement/<int(max=999999):number>"
_SECOND = f"{_SAMPLE}/read/<uuid:comment_id>"
at("/c/<slug>/agreement", "agreement", agreement.agreement)
at("/c/<slug>/agreement", "agreement_post", agreement.agreement_post)
at(_SAMPLE, "agreement_sample", agreement.agreement_sample)
at(f"{_SAMPLE}/read", "second_reading", second_reading.second_reading)
at(f"{_SAMPLE}/read", "second_reading_post", second_reading.second_reading_post)
at(_SECOND, "second_comment", second_reading.second_comment)
at(_SECOND, "second_comment_post", second_reading.second_comment_post)
_DIFFERENCES = "/c/<slug>/agreement/differences"
at(_DIFFERENCES, "agreement_differences", differences.agreement_differences)
at(_DIFFERENCES, "agreement_differences_post", differences.agreement_differences_post)
at("/c/<slug>/sign-off", "sign_off", sign_off.sign_off)
at("/c/<slug>/sign-off", "sign_off_post", sign_off.sign_off_post)
at("/c/<slug>/sign-off/reopen", "sign_off_reopen_post", sign_off.sign_off_reopen_post)
_IMPORT = "/c/<slug>/imports/<int(max=999999):number>"
at("/c/<slug>/imports", "imports", imports.imports)
at("/c/<slug>/imports", "imports_post", imports.imports_post)
at(_IMPORT, "import_", imports.import_)
at(_IMPORT, "import_post", imports.import_post)
at("/c/<slug>/equality", "equality", equality.equality)

_REQUEST = "/c/<slug>/requests/<case_number>"
at("/c/<slug>/requests", "requests", requests.requests)
at(_REQUEST, "request", requests.request)
at(_REQUEST, "request_post", requests.request_post)
at(f"{_REQUEST}/take", "request_take_post", requests.request_take_post)
at(f"{_REQUEST}/erase", "request_erase", requests.request_erase)
at(f"{_REQUEST}/erase", "request_erase_post", requests.request_erase_post)

_ANSWER = "/c/<slug>/report/answers/<code>"
at("/c/<slug>/report/answers", "partners_answers", partners_answers.partners_answers)
at(_ANSWER, "partners_answer", partners_answers.partners_answer)
at(_ANSWER, "partners_answer_post", partners_answers.partners_answer_post)
at(f"{_ANSWER}/remove", "partners_answer_remove", partners_answers.partners_answer_remove)
at(f"{_ANSWER}/remove", "partners_answer_remove_post", partners_answers.partners_answer_remove_post)
_RELEASE = "/c/<slug>/report/releases/<int(max=999999):number>"
at("/c/<slug>/report", "report", report.show)
at("/c/<slug>/report/freeze", "report_freeze", report.show_freeze)
at("/c/<slug>/report/freeze", "report_freeze_post", report.freeze_post)
at(_RELEASE, "report_release", report.release)
at(f"{_RELEASE}/publish", "report_publish", report.show_publish)
at(f"{_RELEASE}/publish", "report_publish_post", report.publish_post)
at(f"{_RELEASE}/withdraw", "report_withdraw", report.show_withdraw)
at(f"{_RELEASE}/withdraw", "report_withdraw_post", report.withdraw_post)
