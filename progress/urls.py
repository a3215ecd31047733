from django.urls import path, re_path

from progress.api import assessments, cycles, tasks, updates
from progress.views import assessing, board, desk, evidence, handing_over, history, reminders, reviewing, writing

urlpatterns = [
    path("desk/", writing.desk_page, name="desk"),
    path("desk/assignments/<int:assignment_id>/", writing.update_page, name="update"),
    path("desk/assignments/<int:assignment_id>/nothing-new/", writing.nothing_new, name="nothing_new"),
    path("desk/assignments/<int:assignment_id>/typed/", desk.keep_typed, name="keep_typed"),
    path("desk/assignments/<int:assignment_id>/approval/", desk.approve, name="approve"),
    path("desk/submit/", desk.submit_several, name="submit_several"),
    path("evidence/<int:evidence_id>/", evidence.evidence_file, name="evidence"),
    path("team/appointments/<int:appointment_id>/hand-over/", handing_over.hand_over, name="hand_over"),
    path("review/", reviewing.inbox_page, name="inbox"),
    path("review/several/", reviewing.decide_several, name="decide_several"),
    path("review/assessments/", assessing.assessments_page, name="assessments"),
    path("review/assessments/<int:assignment_id>/", assessing.assess, name="assess"),
    path("assessments/", assessing.own_assessments_page, name="own_assessments"),
    path("assessments/<int:assignment_id>/", assessing.assessment_page, name="assessment"),
    path("updates/<int:update_id>/versions/", history.history_page, name="versions"),
    path("updates/<int:update_id>/comments/", assessing.comment, name="comment"),
    path("review/<int:update_id>/", reviewing.review_page, name="review"),
    path("review/board/", board.board_page, name="board"),
    path("review/board/remind/", board.remind, name="remind"),
    path("review/reminders/", reminders.plan_page, name="reminder_plan"),
    path("review/reminders/sent/", reminders.sent_page, name="reminders_sent"),
    path("review/cycles/", reviewing.cycles_page, name="cycle_desk"),
    re_path(r"^review/cycles/(?P<cycle_id>\d+)/(?P<step>open|close)/$", reviewing.turn_cycle, name="turn_cycle"),
]

api_urlpatterns = [
    path("cycles/", cycles.Cycles.as_view(), name="api_cycles"),
    path("cycles/<slug:key>/", cycles.OneCycle.as_view(), name="api_cycle"),
    path("me/assignments/", tasks.OwnTasks.as_view(), name="api_own_assignments"),
    path("updates/", updates.Updates.as_view(), name="api_updates"),
    path("updates/<int:update_id>/", updates.OneUpdate.as_view(), name="api_update"),
    path("updates/<int:update_id>/versions/", updates.Versions.as_view(), name="api_update_versions"),
    path("updates/<int:update_id>/transitions/", updates.Transitions.as_view(), name="api_update_transitions"),
    path("updates/<int:update_id>/comments/", updates.Comments.as_view(), name="api_update_comments"),
    path("updates/<int:update_id>/evidence/", updates.EvidenceOfUpdate.as_view(), name="api_update_evidence"),
    path("evidence/", updates.EvidenceOfUpdates.as_view(), name="api_evidence_list"),
    path("evidence/<int:evidence_id>/", updates.OneEvidence.as_view(), name="api_evidence"),
    path("assessments/", assessments.Assessments.as_view(), name="api_assessments"),
    path("assessments/<int:assessment_id>/", assessments.OneAssessment.as_view(), name="api_assessment"),
]
