"""How far coders agree: drawing a blind sample, and its results."""

import uuid
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from app.accounts.permissions import allows
from app.accounts.queries.people import people_in
from app.enums import Permission
from app.officer.forms.agreement import CHOOSE_CODER, CHOOSE_SECTION, SampleForm
from app.officer.forms.asked import whole
from app.officer.forms.bulk import ticked
from app.responses.queries.choices import question_choices
from app.themes.queries.check_samples import Sample, sample_numbered, samples_page
from app.themes.queries.coder_differences import differences
from app.themes.queries.frame import all_themes
from app.themes.refusals import Refusal
from app.themes.services.draw_sample import (
    INTERVALS,
    NO_SECTION,
    draw_sample,
    how_many_may_be_drawn,
    size_for,
)
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.looks import look
from app.web.transactions import writes

TOO_FEW_USES = 10


@allowed(Permission.READ_REDACTED)
def agreement(slug: str) -> str:
    return _list(
        SampleForm(formdata=None),
        request.args.get("coder", ""),
        _sections(request.args),
        request.args.get("interval", "10"),
        recorded=look("agreement"),
    )


@allowed(Permission.EDIT_FRAME)
@writes
def agreement_post(slug: str) -> Any:
    form, sections = SampleForm(), _sections(request.form)
    if request.form.get("do") == "size":
        return redirect(
            url_for(
                ".agreement",
                slug=slug,
                coder=form.coder.data,
                interval=form.interval.data,
                section=sections,
                _anchor="draw",
            ),
            303,
        )
    valid = form.validate()
    coder = next((one for one in _coders() if str(one) == form.coder.data), None)
    if coder is None and not form.coder.errors:
        form.coder.errors = [CHOOSE_CODER]
    if valid and coder is not None and sections:
        try:
            sample = draw_sample(
                visit().here,
                interval=int(form.interval.data or ""),
                questions=sections,
                second_coder_id=coder,
                actor=visit().actor,
                now=now(),
            )
        except Refusal as refusal:
            form.coder.errors = [str(refusal)]
        else:
            flash(
                f"Drawn: {len(sample.comment_ids)} comments. {_coders()[coder]} finds them in My work.",
                "success",
            )
            return redirect(url_for(".agreement", slug=slug), 303)
    more = {} if sections else {"error_list": [(CHOOSE_SECTION, "#sections")]}
    return _list(form, form.coder.data or "", sections, form.interval.data or "", recorded=None, **more), 422


@allowed(Permission.READ_REDACTED)
def agreement_sample(slug: str, number: int) -> str:
    found = sample_or_404(number)
    return render_template(
        "officer/agreement/one.html",
        sample=found,
        measured=found.figures,
        themes=_furthest_apart_first(found.figures),
        labels={theme.code: theme.label for theme in all_themes(visit().consultation_id)},
        too_few=TOO_FEW_USES,
        mine=found.second_coder_id == visit().officer.id,
        to_settle=_to_settle(found),
        recorded=look("agreement"),
        back_link=url_for(".agreement", slug=slug),
        back_text="All samples",
    )


def sample_or_404(number: int) -> Sample:
    return sample_numbered(visit().consultation_id, number) or abort(404)


def _furthest_apart_first(figures: dict[str, Any]) -> list[dict[str, Any]]:
    """Of dozens of themes the coders differ on a few."""
    themes = figures["human"]["themes"] if figures else []
    return sorted(themes, key=lambda one: (2 * one["both"] - one["first"] - one["second"], one["code"]))


def _to_settle(sample: Sample) -> list[int]:
    """The places of its differences among all that nobody has settled."""
    if not (sample.finished_at and visit().may(Permission.EDIT_FRAME)):
        return []
    waiting = differences(visit().consultation_id)
    return [place for place, one in enumerate(waiting, 1) if one.sample.id == sample.id]


def _list(form: SampleForm, coder: str, sections: list[str], interval: str, **more: Any) -> str:
    here = visit()
    may_draw = here.may(Permission.EDIT_FRAME)
    titles = question_choices(here.consultation_id).by_id
    chosen = next(iter(ticked([coder])), None)
    second = chosen or uuid.UUID(int=0)
    by = how_many_may_be_drawn(here.consultation_id, second_coder_id=second) if may_draw else {}
    wanted = sections or list(by)
    population = sum(count for key, count in by.items() if key in wanted)
    return render_template(
        "officer/agreement/list.html",
        form=form,
        page=samples_page(here.consultation_id, page=whole(request.args.get("page"), otherwise=1)),
        page_url=lambda number: url_for(".agreement", slug=here.here.slug, page=number),
        may_draw=may_draw,
        coders=_coders(),
        coder=coder,
        sections=[(key, _title(key, titles), count) for key, count in _in_order(by, titles)],
        chosen=wanted,
        interval=interval,
        sizes=[(one, size_for(one, population=population)) for one in INTERVALS],
        population=population,
        officer_id=here.officer.id,
        differences=len(differences(here.consultation_id)) if may_draw else 0,
        **{"recorded": None, **more},
    )


def _coders() -> dict[uuid.UUID, str]:
    """Who may code here and can sign in."""
    return {
        one.id: one.name
        for one in people_in(visit().consultation_id)
        if one.active and allows(one.role_set, Permission.CODE)
    }


def _sections(given: Any) -> list[str]:
    return [
        *{str(one) for one in ticked(given.getlist("section"))},
        *(set(given.getlist("section")) & {NO_SECTION}),
    ]


def _in_order(by: dict[str, int], titles: dict[uuid.UUID, str]) -> list[tuple[str, int]]:
    order = {str(key): place for place, key in enumerate(titles)}
    return sorted(by.items(), key=lambda item: order.get(item[0], len(order)))


def _title(key: str, titles: dict[uuid.UUID, str]) -> str:
    named = {str(one): title for one, title in titles.items()}
    return named.get(key, "Paragraphs, letters and events")
