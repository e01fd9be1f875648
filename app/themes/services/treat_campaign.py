import uuid
from datetime import datetime

from app.accounts.actor import Actor
from app.database import session
from app.enums import CampaignTreatment
from app.models import Campaign
from app.themes.refusals import CampaignChanged
from app.themes.services.code_campaign import held, note


def treat(
    campaign_id: uuid.UUID,
    *,
    treatment: CampaignTreatment,
    text: str,
    name: str,
    seen: int | None,
    actor: Actor,
    now: datetime,
) -> Campaign:
    """How the report speaks of it: every sender is counted whatever this says. `seen` is the version that the
    page showed. Raises CampaignChanged."""
    campaign = held(campaign_id)
    if seen not in (None, campaign.version):
        raise CampaignChanged
    before = campaign.treatment
    campaign.treatment, campaign.note = treatment, text.strip()
    campaign.name = name.strip() or campaign.name
    session.flush()
    note(
        "said how to report", campaign, None, actor=actor, now=now, before=before.value, after=treatment.value
    )
    return campaign
