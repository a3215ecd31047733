"""Everything a person can do with cycles and updates. Every door calls these and nothing else writes."""

from progress.actions.cycles import close_cycle, open_cycle, plan_cycle, turn_cycles
from progress.actions.evidence import sweep_unclaimed_files
from progress.actions.handing_over import hand_over
from progress.actions.loading import load_published_sources
from progress.actions.receiving import NewEvidence
from progress.actions.reminding import Reminded, remind
from progress.actions.reviewing import accept_update, publish_update, return_update, withdraw_update
from progress.actions.sources import record_published_source, record_translation
from progress.actions.writing import Content, save_draft, submit_update

__all__ = [
    "Content",
    "NewEvidence",
    "Reminded",
    "accept_update",
    "close_cycle",
    "hand_over",
    "load_published_sources",
    "open_cycle",
    "plan_cycle",
    "publish_update",
    "record_published_source",
    "record_translation",
    "remind",
    "return_update",
    "save_draft",
    "submit_update",
    "sweep_unclaimed_files",
    "turn_cycles",
    "withdraw_update",
]
