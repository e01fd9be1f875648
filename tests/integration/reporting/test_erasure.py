"""Erasure: after it, no table of the database holds a word that the person gave or that was made of it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, inspect, select, text

from app.accounts.actor import officer as acting
from app.counting.responses import reconciliation
from app.database import session, transaction
from app.enums import (
    AnswerState,
    CampaignCopy,
    Decision,
    DispositionValue,
    ExclusionReason,
    FlagSource,
    FrameOperationKind,
    Publication,
    ResponseStatus,
)
from app.models import (
    Answer,
    AnswerChoice,
    Attachment,
    AuditEvent,
    Campaign,
    CampaignMember,
    ChosenQuote,
    Comment,
    Consultation,
    Contact,
    Contribution,
    Contributor,
    Discussion,
    Disposition,
    EqualityAnswer,
    Exclusion,
    Flag,
    FrameOperation,
    FrameOperationItem,
    Invitation,
    LetterDivision,
    LetterPart,
    Option,
    OutboxMail,
    Petition,
    PrivateToken,
    Proposal,
    Redaction,
    ReportRelease,
    Response,
    ResponseVersion,
    SortedCoding,
    SuggestionDecision,
    ThemeSorting,
    ThemingRun,
)
from app.reporting.document import digest
from app.reporting.services.erase_response import erase_response
from app.reporting.services.freeze import freeze
from app.responses.queries.search import found
from app.responses.services.erase import ErasureRefused
from tests.factories.coding import a_coding, a_proposal, a_run, a_suggestion
from tests.factories.comment import a_comment
from tests.factories.officer import an_officer
from tests.factories.request import a_request
from tests.factories.response import a_response
from tests.factories.theme import a_net, a_theme

WORD = "xylophonic"
NOW = datetime(2026, 7, 2, 9, 0, tzinfo=UTC)
SENTENCE = f"The {WORD} bus leaves at six, and nobody in the village can be home by then."
OTHERS = "Another person's words about the bus."


def planted(consultation: Consultation) -> Response:
    """A response with its word in every place that can hold one."""
    officer, net = an_officer(), a_net(consultation, label="Traffic", code="TRA")
    theme = a_theme(consultation, code="TRA01", label="Buses", parent_id=net.id)
    response = a_response(
        consultation,
        organisation_name=WORD,
        area="town",
        link_tag=WORD,
        start_token=WORD,
        signals={"agent": WORD},
        publication=Publication.ANONYMOUS,
    )
    comment = a_comment(response, SENTENCE, translation=f"Der {WORD} Bus")
    old = a_comment(response, f"{WORD} before", is_current=False, hidden=[[0, len(WORD), f"[{WORD}]"]])
    other = a_comment(a_response(consultation), OTHERS)
    _answers(consultation, response)
    run = a_run(consultation)
    suggestion = a_suggestion(run, comment, theme, reason={"cues": [WORD], "nearest": []})
    a_proposal(run, [comment, other], label=f"{WORD} words", terms=["words", WORD])
    a_proposal(run, [], key="Q01-N01", label=f"{WORD} words / other", terms=[WORD, "other"])
    session.scalars(select(Proposal).where(Proposal.key == "Q01-T01")).one().parent_key = "Q01-N01"
    told = {
        "appeared": [[f"{WORD} words", 2]],
        "gone": [["The bus", 3], [f"{WORD}, village, person", 4]],
        "moved": [],
    }
    run.figures = {"changed": {"proposals": told}}
    coding = a_coding(comment, theme, officer, suggestion_id=suggestion.id)
    operation = FrameOperation(
        consultation_id=consultation.id, kind=FrameOperationKind.MERGE, officer_id=officer.id
    )
    campaign = Campaign(consultation_id=consultation.id, name="A1", template=SENTENCE)
    sorting = ThemeSorting(consultation_id=consultation.id, theme_id=theme.id, officer_id=officer.id)
    division = LetterDivision(
        consultation_id=consultation.id, comment_id=old.id, officer_id=officer.id, note=WORD
    )
    session.add_all([operation, campaign, sorting, division])
    session.flush()
    subject = {"comment_id": comment.id}
    session.add_all(
        [
            SortedCoding(sorting_id=sorting.id, coding_id=coding.id, parts=[0]),
            LetterPart(division_id=division.id, comment_id=comment.id, spans=[[0, 3]]),
            FrameOperationItem(operation_id=operation.id, theme_id=theme.id, coding_id=coding.id),
            CampaignMember(campaign_id=campaign.id, copy=CampaignCopy.EXACT, own_words=[[0, 3]], **subject),
            CampaignMember(campaign_id=campaign.id, comment_id=other.id, copy=CampaignCopy.EDITED),
            Disposition(value=DispositionValue.CODED, officer_id=officer.id, **subject),
            Disposition(comment_id=old.id, value=DispositionValue.NO_POINT, officer_id=officer.id),
            SuggestionDecision(
                theme_id=theme.id, decision=Decision.ACCEPTED, officer_id=officer.id, **subject
            ),
            Flag(code="ZZ05", source=FlagSource.MACHINE, **subject),
            Redaction(
                start=0,
                end=3,
                kind="name",
                reason=WORD,
                source=FlagSource.OFFICER,
                reversed_at=NOW,
                **subject,
            ),
            Discussion(officer_id=officer.id, text=f"See {WORD}", **subject),
            ChosenQuote(theme_id=theme.id, start=0, end=len(SENTENCE), officer_id=officer.id, **subject),
            Exclusion(
                response_id=response.id,
                reason=ExclusionReason.OTHER,
                note=WORD,
                reversed_at=NOW,
                reversed_note=WORD,
            ),
        ]
    )
    a_request(response, text=f"My name is {WORD}", answer=f"Dear {WORD}")
    session.flush()
    return response


def _answers(consultation: Consultation, response: Response) -> None:
    """In a version before and in a change that was never sent, too."""
    draft = ResponseVersion(response_id=response.id, number=2, parts={"traffic": WORD})
    session.add(draft)
    session.flush()
    colleague = Contributor(response_id=response.id, token_hash="e", name=WORD)
    session.add(colleague)
    session.flush()
    option = session.scalars(select(Option)).first()
    assert option is not None
    for version in (response.current_version_id, draft.id):
        answer = Answer(
            response_version_id=version, question_id=option.question_id, state=AnswerState.ANSWERED, text=WORD
        )
        answer.choices = [AnswerChoice(option_id=option.id, text=WORD)]
        session.add(answer)
    session.add_all(
        [
            Contact(response_id=response.id, email=f"{WORD}@example.org"),
            EqualityAnswer(
                response_id=response.id, question_id=option.question_id, option_id=option.id, text=WORD
            ),
            Contribution(
                response_id=response.id, contributor_id=colleague.id, text=WORD,
                written_at=NOW, added_text=WORD
            ),
            Invitation(response_id=response.id, token_hash="c", code_hash="d"),
            PrivateToken(response_id=response.id, token_hash="a", code_hash="b"),
            OutboxMail(
                consultation_id=consultation.id, kind="copy", address=f"{WORD}@example.org", subject="Copy",
                body=WORD, send_after=NOW,
            ),
        ]
    )  # fmt: skip


def places_with(engine: Engine, word: str) -> dict[str, int]:
    """Every table and every column, those of the search index too, read as text."""
    counts = {}
    with engine.connect() as connection:
        sqlite = engine.dialect.name == "sqlite"
        shadows = ["comment_search_data", "comment_search_content", "comment_search_idx"] if sqlite else []
        for table in [*inspect(connection).get_table_names(), *shadows]:
            rows = connection.execute(text(f'SELECT * FROM "{table}"')).mappings()  # noqa: S608
            hits = sum(word.encode() in _as_bytes(value) for row in rows for value in row.values())
            if hits:
                counts[table] = hits
    return counts


def _as_bytes(value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


@pytest.fixture
def response(app: Flask, small: Consultation) -> Response:
    with transaction():
        return planted(small)


def erase(response: Response) -> None:
    with transaction():
        erase_response(response.id, actor=acting(an_officer().id), now=NOW)


def frozen(small: Consultation) -> dict[str, Any]:
    with transaction():
        consultation = session.get_one(Consultation, small.id)
        return dict(freeze(consultation, actor=acting(an_officer().id), now=NOW).frozen)


def test_nothing_of_it_is_found_in_any_table(app: Flask, small: Consultation, response: Response) -> None:
    engine = app.extensions["engine"]
    frozen(small)
    before = places_with(engine, WORD)

    erase(response)

    assert {
        "answer", "answer_choice", "campaign", "comment", "contact", "contribution", "contributor",
        "discussion", "equality_answer", "exclusion", "outbox_mail", "proposal", "redaction",
        "report_release", "respondent_request", "response", "response_version", "suggestion", "theming_run",
    } <= set(before)  # fmt: skip
    assert places_with(engine, WORD) == {}
    assert found(small.id, WORD) == []


def test_what_others_wrote_stays(app: Flask, small: Consultation, response: Response) -> None:
    erase(response)

    assert OTHERS in session.scalars(select(Comment.text)).all()
    assert sorted(session.scalars(select(Proposal.label))) == ["words", "words / other"]
    (told,) = session.scalars(select(ThemingRun.figures)).all()
    assert told["changed"]["proposals"]["gone"] == [["The bus", 3], ["person", 4]]
    assert session.scalars(select(Campaign.template)).all() == [OTHERS]


def test_an_empty_row_stays_and_counts_as_withdrawn(
    app: Flask, small: Consultation, response: Response
) -> None:
    before = reconciliation(small.id)

    erase(response)

    after = reconciliation(small.id)
    assert after.received == before.received
    assert (after.included, after.withdrawn) == (before.included - 1, before.withdrawn + 1)
    row = session.get_one(Response, response.id)
    assert (row.status, row.reference, row.kind) == (ResponseStatus.ERASED, response.reference, response.kind)
    assert row.area is None
    assert session.scalars(select(PrivateToken.ended_at)).all() == [NOW]
    assert session.scalars(select(Comment.text).where(Comment.response_id == row.id)).all() == ["", ""]
    assert session.scalars(select(Comment.hidden).where(Comment.response_id == row.id)).all() == [[], []]


def test_a_frozen_report_keeps_its_numbers_and_loses_the_quotations(
    app: Flask, small: Consultation, response: Response
) -> None:
    before = frozen(small)
    assert WORD in str(before)

    erase(response)

    release = session.scalars(select(ReportRelease)).one()
    assert WORD not in str(release.frozen)
    assert release.sha256 == digest(release.frozen)
    assert {**release.frozen, "parts": []} == {**before, "parts": []}
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "took quotations out of")).one()
    assert event.details["quotations"] >= 1
    assert event.details["sha256_before"] == digest(before)


def test_it_is_refused_twice_and_for_a_draft_and_where_files_would_stay(
    app: Flask, small: Consultation, response: Response
) -> None:
    with transaction():
        draft = a_response(small, status=ResponseStatus.DRAFT)
        filed = a_response(small)
        session.add(Attachment(response_id=filed.id, name="a", media_type="b", size=1, sha256="c", path="d"))
    erase(response)

    for refused in (response, draft, filed):
        with pytest.raises(ErasureRefused):
            erase(refused)


def test_a_petition_loses_its_title(app: Flask, small: Consultation) -> None:
    with transaction():
        petition = a_response(small)
        session.add(Petition(response_id=petition.id, title=WORD, signatories=3))
    erase(petition)

    assert places_with(app.extensions["engine"], WORD) == {}


def test_the_scan_finds_a_word_in_any_table(app: Flask, response: Response) -> None:
    assert len(places_with(app.extensions["engine"], WORD)) >= 13
