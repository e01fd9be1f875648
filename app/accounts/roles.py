"""The roles in words, as the pages show them."""

from app.enums import Role, Stage

LABELS = {
    Role.VIEWER: "Viewer",
    Role.INPUTTER: "Inputter",
    Role.ANALYST: "Analyst",
    Role.LEAD_ANALYST: "Lead analyst",
    Role.MODERATOR: "Moderator",
    Role.REPORT_EDITOR: "Report editor",
    Role.ADMINISTRATOR: "Administrator",
}
MEANINGS = {
    Role.VIEWER: "Sees the report, and nothing before it is finished.",
    Role.INPUTTER: "Keys in paper replies, letters and notes of events, and sees only those.",
    Role.ANALYST: "Reads responses with personal details hidden, and groups comments by theme.",
    Role.LEAD_ANALYST: "Also edits the themes, starts runs, works in bulk and signs off the coding.",
    Role.MODERATOR: "Reads responses whole, hides personal details, and decides which responses count.",
    Role.REPORT_EDITOR: "Writes and publishes the report.",
    Role.ADMINISTRATOR: "Sets up consultations, and decides who may do what. Reads no responses.",
}
# An administrator's role holds in every consultation; the others are given in one.
IN_ONE_CONSULTATION = tuple(role for role in Role if role is not Role.ADMINISTRATOR)
STAGES = {
    Stage.DRAFT: "Draft",
    Stage.TESTING: "Testing",
    Stage.OPEN: "Open",
    Stage.CLOSED: "Closed",
    Stage.SIGNED_OFF: "Signed off",
    Stage.REPORTED: "Reported",
    Stage.ARCHIVED: "Archived",
}
