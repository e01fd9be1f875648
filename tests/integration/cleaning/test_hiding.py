"""Hiding words, as officers do it on the pages."""

import uuid

from sqlalchemy import select

from app.database import session, transaction
from app.enums import FlagSource, Stance
from app.models import AuditEvent, CodingQuote, Comment, Consultation, Flag, Proposal, Redaction, ThemingRun
from app.responses.queries.search import found
from tests.factories.coding import a_coding, a_proposal, a_run, a_suggestion
from tests.factories.comment import a_comment
from tests.factories.officer import an_officer
from tests.factories.response import a_response
from tests.factories.theme import a_theme
from tests.integration.cleaning.pages import words
from tests.support.audited_client import AuditedClient

SAID = "Ring Mary Kqseven on 01632 960001. The last bus leaves at six, so Mary Kqseven walks."
CLEAN = "/officer/c/a-bid/clean"


def planted(here: Consultation, text: str = SAID) -> uuid.UUID:
    with transaction():
        return a_comment(a_response(here, reference="AB-1"), text).id


def as_it_is(comment_id: uuid.UUID) -> Comment:
    session.expire_all()
    return session.get_one(Comment, comment_id)


def hide(client: AuditedClient, comment_id: uuid.UUID, said: str = "Mary Kqseven", **more: str) -> int:
    address = f"{CLEAN}/personal/{comment_id}"
    return client.submit(address, words=said, kind="name", **more).status_code


def test_words_are_hidden_wherever_they_stand_and_everyone_else_reads_the_label(
    lead: AuditedClient, analyst: AuditedClient, here: Consultation
) -> None:
    key = planted(here)

    assert hide(lead, key) == 303

    comment = as_it_is(key)
    assert comment.redacted_text == (
        "Ring [name removed] on 01632 960001. The last bus leaves at six, so [name removed] walks."
    )
    assert comment.text == SAID
    assert found(here.id, "kqseven") == []
    assert found(here.id, "walks") == [key]
    assert "Kqseven" not in analyst.get(f"{CLEAN}/personal/{key}").text
    assert "Kqseven" in lead.get(f"{CLEAN}/personal/{key}").text


def test_a_quote_and_a_suggestion_stay_on_their_words(lead: AuditedClient, here: Consultation) -> None:
    key = planted(here)
    said = "The last bus leaves at six"
    start = SAID.index(said)
    with transaction():
        comment = session.get_one(Comment, key)
        theme = a_theme(here)
        coding = a_coding(comment, theme, an_officer())
        coding.quotes[0].start, coding.quotes[0].end = start, start + len(said)
        run = a_run(session.get_one(Consultation, here.id))
        other = a_theme(here, code="PLA99", label="Evenings")
        a_suggestion(run, comment, other, start=start, end=start + len(said), stance=Stance.CONCERN)
        code = theme.code

    hide(lead, key)

    for address in (f"/officer/c/a-bid/comments/{key}", f"/officer/c/a-bid/comments?theme={code}"):
        page = lead.page(address)
        quoted = "".join(tag.get_text() for tag in page.select(".app-mark--quote"))
        assert quoted.startswith(said), address
    assert f"because: “{said}”" in words(lead.page(f"/officer/c/a-bid/comments/{key}"))
    assert said in words(lead.page(f"/officer/c/a-bid/frame/themes/{code}"))


def test_a_quote_picked_from_the_redacted_text_is_stored_in_its_place(
    lead: AuditedClient, analyst: AuditedClient, here: Consultation
) -> None:
    key = planted(here)
    hide(lead, key)
    with transaction():
        code = a_theme(here).code
    page = f"/officer/c/a-bid/comments/{key}"

    analyst.submit(f"{page}/themes", page, theme=code, stance="concern", words="so [name removed] walks")

    with transaction():
        quote = session.scalars(select(CodingQuote)).one()
        assert SAID[quote.start : quote.end] == "so Mary Kqseven walks"
    assert "“so [name removed] walks”" in words(analyst.page(page))


def test_an_analyst_proposes_and_a_lead_decides(
    lead: AuditedClient, analyst: AuditedClient, here: Consultation
) -> None:
    key = planted(here)

    assert [hide(analyst, key), hide(analyst, key)] == [303, 303]  # pressed twice, it is proposed once
    assert as_it_is(key).redacted_text == SAID
    assert analyst.post(f"{CLEAN}/personal/{key}/found").status_code in (400, 403)
    rows = session.scalars(select(Redaction)).all()
    assert [row.proposed for row in rows] == [True, True]
    fields = {f"hide-{row.id}": "1" for row in rows} | {f"kind-{row.id}": "phone" for row in rows}
    address = f"{CLEAN}/personal/{key}"

    assert lead.submit(f"{address}/found", address, **fields).status_code == 303

    assert as_it_is(key).redacted_text.count("[phone number removed]") == 2
    assert "Nothing is waiting here." in words(lead.page(f"{CLEAN}/personal"))


def test_words_are_shown_again_with_a_reason(lead: AuditedClient, here: Consultation) -> None:
    key = planted(here)
    hide(lead, key, "01632 960001")
    address = f"{CLEAN}/personal/{key}"
    row = str(session.scalars(select(Redaction.id)).one())

    refused = lead.submit(f"{address}/again", address, redaction=row, **{"again-reason": " "})
    assert refused.status_code == 422
    assert (
        lead.submit(f"{address}/again", address, redaction=row, **{"again-reason": "A shop"}).status_code
        == 303
    )

    assert as_it_is(key).redacted_text == SAID
    kept = session.scalars(select(Redaction)).one()
    assert (kept.reversed_note, kept.reversed_at is not None) == ("A shop", True)


def test_what_was_found_is_turned_down_with_a_reason_and_leaves_the_queue(
    lead: AuditedClient, here: Consultation
) -> None:
    key = planted(here)
    with transaction():
        session.add(Flag(comment_id=key, code="ZZ09", source=FlagSource.MACHINE))
        session.add(
            Redaction(comment_id=key, start=0, end=4, kind="name", source=FlagSource.MACHINE, proposed=True)
        )
    assert "Personal details (1)" in words(lead.page(CLEAN))
    address = f"{CLEAN}/personal/{key}"

    said = lead.submit(f"{address}/nothing", address, **{"nothing-reason": "A verb"})

    assert said.location == f"{CLEAN}/personal"
    assert "Personal details (0)" in words(lead.page(CLEAN))
    assert as_it_is(key).redacted_text == SAID


def test_words_that_are_not_there_are_refused_and_kept_in_the_form(
    lead: AuditedClient, here: Consultation
) -> None:
    key = planted(here)
    answer = lead.submit(f"{CLEAN}/personal/{key}", words="Mary Kqeight", kind="name")

    assert answer.status_code == 422
    assert "These words are not in the comment. Copy them exactly." in answer.text
    assert "Mary Kqeight</textarea>" in answer.text


def test_the_other_comments_of_the_response_too_where_asked(lead: AuditedClient, here: Consultation) -> None:
    key = planted(here)
    with transaction():
        comment = session.get_one(Comment, key)
        other = a_comment(comment.response, "Mary Kqseven again").id

    hide(lead, key, everywhere="y")

    assert as_it_is(other).redacted_text == "[name removed] again"


def test_the_name_of_a_proposal_forgets_words_that_nobody_else_says(
    lead: AuditedClient, here: Consultation
) -> None:
    """In what runs told of each other too."""
    key = planted(here)
    with transaction():
        run = a_run(session.get_one(Consultation, here.id))
        told = {
            "appeared": [["Kqseven, bus", 2]],
            "gone": [["Mary", 3]],
            "moved": [["Cars", "Mary Cars", 4, 5, 3]],
        }
        run.figures = {"suggestions": 1, "changed": {"with": 1, "proposals": told}}
        run_id = run.id
        comments = [session.get_one(Comment, key), a_comment(a_response(here), "The bus is late.")]
        proposal = a_proposal(run, comments, label="Kqseven, bus", terms=["kqseven", "bus", "mary"]).id

    hide(lead, key)

    session.expire_all()
    row = session.get_one(Proposal, proposal)
    assert (row.label, row.terms) == ("bus", ["bus"])
    figures = session.get_one(ThemingRun, run_id).figures
    assert figures["suggestions"] == 1
    assert figures["changed"]["proposals"] == {
        "appeared": [["bus", 2]],
        "gone": [["Proposal without a name", 3]],
        "moved": [["Cars", "Cars", 4, 5, 3]],
    }


def test_the_audit_log_says_who_hid_how_much_and_not_what(lead: AuditedClient, here: Consultation) -> None:
    hide(lead, planted(here))

    event = session.scalars(select(AuditEvent).where(AuditEvent.subject_kind == "words")).one()
    assert (event.action, event.details) == ("hid", {"places": 2, "kinds": "name"})
    assert "hid words in 2 places of response AB-1 : name" in words(lead.page("/officer/c/a-bid/audit"))


def test_abuse_and_calls_for_help_are_settled_with_what_was_done_and_raised_again(
    lead: AuditedClient, analyst: AuditedClient, here: Consultation
) -> None:
    key = planted(here)
    with transaction():
        session.add(Flag(comment_id=key, code="ZZ11", source=FlagSource.MACHINE))
    address = f"{CLEAN}/safety/{key}"
    assert "Concern for safety (1)" in words(analyst.page(CLEAN))
    assert "decides on this" in words(analyst.page(address))
    assert lead.submit(address).status_code == 422

    assert lead.submit(address, done="passed on", note="Duty team, 10:40").status_code == 303
    assert "Passed on: Duty team, 10:40" in words(lead.page(address))
    assert "Concern for safety (0)" in words(lead.page(CLEAN))

    assert lead.submit(f"{address}/again", address, reason="No answer yet").status_code == 303
    assert "Concern for safety (1)" in words(lead.page(CLEAN))
