"""Everything a person can do with cycles and updates. Every door calls these and nothing else writes."""

from progress.actions.approving import approve_update, send_back_update
from progress.actions.assessing import (
    publish_assessment,
    reply_to_assessment,
    save_assessment,
    show_assessment,
    withdraw_assessment,
)
from progress.actions.commenting import comment
from progress.actions.cycles import close_cycle, open_cycle, plan_cycle, turn_cycles
from progress.actions.datasets import DATA_SETS
from progress.actions.digests import TOPIC as DIGEST
from progress.actions.digests import write_digest
from progress.actions.evidence import sweep_unclaimed_files
from progress.actions.exporting import export_file
from progress.actions.handing_over import hand_over
from progress.actions.importing import (
    check_file,
    claim_next_import,
    confirm_import,
    drop_import,
    send_file,
    sweep_imports,
    work_now_if_small,
    work_on,
)
from progress.actions.indexing import faults_of_index, rebuild_index
from progress.actions.loading import load_published_sources
from progress.actions.receiving import NewEvidence
from progress.actions.reminding import Reminded, change_reminder_plan, remind, remind_by_plan
from progress.actions.reviewing import accept_update, publish_update, return_update, withdraw_update
from progress.actions.scratch import discard_scratch, keep_scratch
from progress.actions.several import SEVERAL, Refused, decide_several, submit_several
from progress.actions.sources import record_published_source, record_translation
from progress.actions.writing import Content, save_draft, submit_update

__all__ = [
    "DATA_SETS",
    "DIGEST",
    "SEVERAL",
    "Content",
    "NewEvidence",
    "Refused",
    "Reminded",
    "accept_update",
    "approve_update",
    "change_reminder_plan",
    "check_file",
    "claim_next_import",
    "close_cycle",
    "comment",
    "confirm_import",
    "decide_several",
    "discard_scratch",
    "drop_import",
    "export_file",
    "faults_of_index",
    "hand_over",
    "keep_scratch",
    "load_published_sources",
    "open_cycle",
    "plan_cycle",
    "publish_assessment",
    "publish_update",
    "rebuild_index",
    "record_published_source",
    "record_translation",
    "remind",
    "remind_by_plan",
    "reply_to_assessment",
    "return_update",
    "save_assessment",
    "save_draft",
    "send_back_update",
    "send_file",
    "show_assessment",
    "submit_several",
    "submit_update",
    "sweep_imports",
    "sweep_unclaimed_files",
    "turn_cycles",
    "withdraw_assessment",
    "withdraw_update",
    "work_now_if_small",
    "work_on",
    "write_digest",
]
