"""Entries of the audit log as sentences. What is not in the table still reads: "closed the book B 7"."""

from collections.abc import Mapping
from typing import Any

from app.accounts.roles import LABELS
from app.enums import Role

# After the name of who did it. {name} is the subject's reference or code, {who} an officer; {comment} is
# "a comment of response HS-2M9C-41", {where} "on" it, or nothing where none is known. A number followed by
# a word takes its plural: {size:comment} is "1 comment" or "12 comments".
SENTENCES: dict[tuple[str, str], str] = {
    ("officer", "added"): "added {who} as an officer",
    ("officer", "signed_in"): "signed in",
    ("officer", "signed_out"): "signed out",
    ("officer", "switched_shortcuts"): "switched the keyboard shortcuts {to}",
    ("officer", "ended_sessions"): "ended {sessions:session} of {who}",
    ("officer", "changed_password"): "changed the password of {who}",
    ("officer", "made_set_up_link"): "made a set-up link for {who}",
    ("officer", "ended_access"): "ended the access of {who}",
    ("officer", "gave_back_access"): "gave access back to {who}",
    ("consultation", "loaded"): "loaded the consultation: {sections:section}, {questions:question}",
    ("consultation", "moved"): "moved the consultation from {from} to {to}",
    ("consultation", "published a version"): (
        "published version {version} of the document: {changed:paragraph} changed, {added} added, {gone} gone"
    ),
    ("results", "looked"): "looked at results before closing: {name}",
    ("responses", "loaded"): "loaded responses from {name}",
    ("response", "started"): "started response {name}",
    ("response", "sent"): "sent response {name}, version {version}",
    ("response", "changed_kind"): "changed response {name} to {kind}",
    ("response", "began a change"): "began to change response {name}",
    ("response", "dropped a change"): "kept response {name} as it was sent",
    ("response", "withdrawn"): "withdrew response {name}",
    ("response", "excluded"): "excluded response {name}: {reason}",
    ("response", "restored"): "put response {name} back into the analysis",
    ("letter", "divided the letter"): "divided the letter in response {name} into {parts:comment}",
    ("letter", "left the letter whole"): "left the letter in response {name} in one piece",
    ("letter", "put the letter together"): "put the letter in response {name} together again",
    ("drafts", "dropped"): "deleted {drafts:draft} of their own that had not been sent",
    ("drafts", "deleted"): "deleted {drafts:draft} that had not been sent, 30 days after the last change",
    ("response", "invited"): "invited colleagues to write parts of response {name}",
    ("response", "ended_invitation"): "ended the invitation of colleagues to response {name}",
    (
        "contributions",
        "deleted",
    ): "deleted what colleagues wrote for {responses:response}, 30 days after sending",
    ("response", "erased"): "erased response {name}",
    ("request", "asked"): "asked something about a response: case {name}, {kind}",
    ("request", "took"): "took case {name}",
    ("request", "wrote on"): "wrote on the answer to case {name}",
    ("request", "finished"): "answered case {name}",
    ("frame", "imported"): "imported the frame: {nets:net}, {themes:theme}",
    ("frame", "imported into"): (
        "imported into the frame: {sections:new section}, {themes:new theme}, {changed} changed"
    ),
    ("frame", "undid"): "undid a change of the frame: {kind} {name}",
    ("frame_warning", "silenced"): "called a warning about {name} deliberate: {kind}",
    ("frame_warning", "raised again"): "let the frame warn about {name} again: {kind}",
    ("theme", "added"): "added {name} to the frame",
    ("theme", "edited"): "changed {fields:field} of {name}",
    ("theme", "asked to read again"): "asked for {comments:comment} with {name} to be read again",
    ("theme", "renamed"): "renamed {name}",
    ("theme", "moved"): "moved {name} to section {section}",
    ("theme", "merged"): "merged {name} into {into}, moving {codings:coding}",
    ("theme", "split"): "split {name} into {parts:theme}, moving {codings:coding}",
    ("theme", "threw the sorting away"): "threw away what was sorted for a split of {name}: {codings:coding}",
    ("theme", "retired"): "took {name} out of use",
    ("proposal", "put into a theme"): "put a proposal into {name}, with {suggestions:suggestion}",
    ("proposal", "dismissed"): "dismissed a proposal of the software",
    ("proposal", "reopened"): "let a proposal of the software wait again",
    ("theme_idea", "put into a theme"): "gave {name} an idea of a coder, with {codings:coding}",
    ("theme_idea", "dismissed"): "dismissed an idea of a coder",
    ("theme_idea", "reopened"): "let a dismissed idea of a coder wait again",
    ("codings", "imported"): "imported {codings:coding}",
    ("coding", "added"): "put theme {name} on {comment}, as {stance}",
    ("coding", "quoted"): "changed the quotes for theme {name} on {comment}",
    ("coding", "removed"): "took theme {name} off {comment}, where it was {stance}",
    ("comment", "decided"): "changed what became of {comment} from {before} to {after}",
    ("comment", "read"): "read {comment} and saved it with {themes:theme}",
    ("comment", "undid"): "undid the saving of {comment}",
    ("comment", "noted"): "wrote a note for colleagues on {comment}",
    ("comment", "flagged"): "flagged {comment} for discussion",
    ("comment", "settled the flag on"): "settled the flag on {comment}",
    ("theme_idea", "suggested"): "suggested a new theme",
    ("suggestion", "accepted"): "accepted {suggestions:suggestion} {name} {where}",
    ("suggestion", "dismissed"): "dismissed {suggestions:suggestion} {name} {where}",
    ("suggestion", "undid"): "undid a decision on a suggestion {where}",
    ("suggestions", "accepted in bulk"): "accepted theme {name} on {size:comment} in bulk",
    ("suggestions", "dismissed in bulk"): "dismissed theme {name} on {size:comment} in bulk",
    ("batch", "undid"): "undid a bulk decision on {size:comment}",
    ("theme", "applied in bulk"): "applied theme {name} to {size:comment} in bulk",
    ("theme", "removed in bulk"): "took theme {name} off {size:comment} in bulk",
    ("view", "saved"): "saved a view of a list for themselves",
    ("view", "shared"): "saved a view of a list for all officers",
    ("view", "deleted"): "deleted a saved view",
    ("run", "started"): "started run {name}",
    ("run", "finished"): "finished run {name}",
    ("import", "uploaded"): "uploaded a file of {rows:coding} as import {name}",
    ("import", "applied"): "added {codings:coding} by import {name}",
    ("check_sample", "drew"): "drew {comments:comment} for a second reading",
    ("check_sample", "finished"): "finished a second reading of {comments:comment}",
    ("difference", "settled"): "settled a difference between two coders on {comment}: {choice}",
    ("export", "asked for"): "took out a table: {name}",
    ("job", "asked to stop"): "asked the job to stop: {name}",
    ("report_release", "froze"): "froze {name} of the report",
    ("report_release", "published"): "published {name} of the report",
    ("report_release", "withdrew"): "withdrew {name} of the report",
    ("report_release", "took quotations out of"): (
        "took {quotations:quotation} of an erased response out of {name} of the report"
    ),
    ("report_release", "took redacted quotations out of"): (
        "took {quotations:quotation} with hidden words out of {name} of the report"
    ),
    ("partners_answer", "wrote"): "wrote the partners' answer to {name}",
    ("partners_answer", "changed"): "changed {fields:field} of the partners' answer to {name}",
    ("partners_answer", "took back"): "took back the partners' answer to {name}",
    ("campaign", "coded the template"): "put theme {theme} on {size:comment} of {name}, as {stance}",
    ("campaign", "uncoded the template"): "took theme {theme}, as {stance}, off {size:comment} of {name}",
    ("campaign", "coded new senders"): "gave {size:coding} of the template to new senders of {name}",
    ("campaign", "took a sender out of"): "took a sender out of {name}",
    ("campaign", "put a sender back into"): "put a sender back into {name}",
    ("campaign", "added a sender to"): "added a sender to {name}",
    ("campaign", "said how to report"): "said how to report {name}: {after}, before {before}",
    ("petition", "recorded"): "recorded response {name} as a petition with {signatories:signature}",
    ("petition", "took back"): "took back that response {name} is a petition",
    ("cleaning", "decided"): "decided whether {name} counts ({kind}): {decision}",
    ("cleaning", "reopened"): "took back whether {name} counts ({kind})",
    ("flag", "flagged"): "flagged response {name} as it arrived: {codes}",
    ("flag", "settled"): "settled a flag on a comment of response {name}: {codes}",
    ("flag", "raised again"): "raised a flag on a comment of response {name} again: {codes}",
    ("words", "hid"): "hid words in {places:place} of response {name}: {kinds}",
    ("words", "proposed to hide"): "proposed to hide words in {places:place} of response {name}: {kinds}",
    ("words", "found nothing more to hide in"): "found nothing more to hide in a comment of response {name}",
    ("words", "showed again"): "showed hidden words of response {name} again: {kinds}",
}
ABOUT_A_COMMENT = ("comment", "suggestion", "difference", "flag", "words")  # whose subject is the comment
THINGS = {
    "officer": "People",
    "consultation": "The consultation",
    "results": "Looks at results before closing",
    "response": "Responses",
    "request": "Requests of respondents",
    "responses": "Files of responses",
    "drafts": "Drafts deleted",
    "contributions": "Texts of colleagues deleted",
    "comment": "Comments read and decided",
    "theme_idea": "Ideas for themes",
    "campaign": "Campaigns",
    "petition": "Petitions",
    "cleaning": "Duplicates, tests and blanks",
    "words": "Hidden words",
    "flag": "Flags on comments",
    "coding": "Themes on comments",
    "codings": "Files of codings",
    "suggestion": "Suggestions",
    "suggestions": "Suggestions in bulk",
    "batch": "Bulk decisions",
    "frame": "The frame",
    "frame_warning": "Warnings of the frame",
    "theme": "Themes",
    "proposal": "Proposals",
    "view": "Saved views",
    "run": "Runs",
    "job": "Jobs",
    "check_sample": "Second readings",
    "difference": "Differences between coders",
    "export": "Tables taken out",
    "import": "Codings from spreadsheets",
    "report_release": "The report",
    "partners_answer": "Partners' answers",
}


class _Number(int):
    def __format__(self, noun: str) -> str:
        return f"{int(self):,}" if not noun else f"{int(self):,} {noun}{'' if self == 1 else 's'}"


class _Words(str):
    """Takes any format, so that a detail that is not a number cannot break the page."""

    def __format__(self, _noun: str) -> str:
        return str(self)


class _Facts(dict[str, Any]):
    def __missing__(self, _name: str) -> _Words:
        return _Words("")


def thing(kind: str) -> str:
    return THINGS.get(kind, kind.replace("_", " ").capitalize())


def sentence(
    *,
    subject: str,
    action: str,
    name: str,
    who: str,
    details: Mapping[str, Any],
    by: str,
    reference: str | None = None,
) -> str:
    """What `by` did, without the time. `reference`: of the response whose comment it is about."""
    if (subject, action) == ("officer", "changed_roles"):
        return f"{by} {_roles(who, details)}"
    template = SENTENCES.get((subject, action))
    if template is None:
        done = f"{action} {subject} {name or who}".replace("_", " ")
        return f"{by} {' '.join(done.split())}"
    facts = _Facts({key: _fact(value) for key, value in details.items()})
    comment = f"a comment of response {reference}" if reference else "a comment"
    facts |= {"name": _Words(name), "who": _Words(who), "comment": _Words(comment)}
    facts["where"] = _Words(f"on {comment}" if reference else "")
    return f"{by} {' '.join(template.format_map(facts).split())}".rstrip(" :")


def _fact(value: Any) -> Any:
    if isinstance(value, list):
        return _Number(len(value))
    if isinstance(value, int) and not isinstance(value, bool):
        return _Number(value)
    return _Words(str(value).replace("_", " "))


def _roles(who: str, details: Mapping[str, Any]) -> str:
    added, removed = (_named(details.get(key, [])) for key in ("added", "removed"))
    parts = [f"gave {who} {added}"] if added else []
    if removed:
        parts.append(f"took {removed} from {'them' if added else who}")
    return " and ".join(parts)


def _named(roles: list[str]) -> str:
    """the role of viewer; the roles of analyst, moderator"""
    if not roles:
        return ""
    names = ", ".join(LABELS[Role(role)].lower() for role in roles)
    return f"the role{'s' if len(roles) > 1 else ''} of {names}"
