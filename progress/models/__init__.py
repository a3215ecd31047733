from progress.models.assessment import (
    Assessment,
    AssessmentReply,
    AssessmentState,
    AssessmentVersion,
    Rating,
)
from progress.models.assignment import Assignment, AssignmentKind
from progress.models.bulk_import import BulkImport, ImportState
from progress.models.comment import Comment
from progress.models.cycle import Cycle, CycleScope, CycleState
from progress.models.evidence import Evidence, EvidenceKind, Visibility
from progress.models.notice import Notice, NoticeReason
from progress.models.published_words import PublishedWords
from progress.models.reminder import Reminder
from progress.models.reminder_plan import ReminderPlan
from progress.models.scratch import Scratch
from progress.models.tally import Tally
from progress.models.transition import Transition, Verb
from progress.models.translation import TranslationState, UpdateTranslation
from progress.models.update import Update, UpdateState
from progress.models.version import Status, UpdateVersion

__all__ = [
    "Assessment",
    "AssessmentReply",
    "AssessmentState",
    "AssessmentVersion",
    "Assignment",
    "AssignmentKind",
    "BulkImport",
    "Comment",
    "Cycle",
    "CycleScope",
    "CycleState",
    "Evidence",
    "EvidenceKind",
    "ImportState",
    "Notice",
    "NoticeReason",
    "PublishedWords",
    "Rating",
    "Reminder",
    "ReminderPlan",
    "Scratch",
    "Status",
    "Tally",
    "Transition",
    "TranslationState",
    "Update",
    "UpdateState",
    "UpdateTranslation",
    "UpdateVersion",
    "Verb",
    "Visibility",
]
