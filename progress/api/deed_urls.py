"""Addresses of what is done with updates, assessments, cycles and reminders."""

from django.urls import path

from progress.api import assessing, exchange, keeping, reviewing, writing
from stakeholders.guards import takes_files

urlpatterns = [
    path("imports/", takes_files(exchange.Imports.as_view()), name="api_imports"),
    path("imports/<int:import_id>/", exchange.OneImport.as_view(), name="api_import"),
    path("imports/<int:import_id>/carry-out/", exchange.CarryOut.as_view(), name="api_import_carry_out"),
    path("imports/<int:import_id>/drop/", exchange.Drop.as_view(), name="api_import_drop"),
    path("data-sets/<slug:data_set>/", exchange.OneDataSet.as_view(), name="api_data_set"),
    path("data-sets/<slug:data_set>/<slug:form>/", exchange.DataFile.as_view(), name="api_data_file"),
    path("assignments/<int:assignment_id>/text/", writing.WorkingText.as_view(), name="api_update_text"),
    path("assignments/<int:assignment_id>/typed/", writing.TypedText.as_view(), name="api_update_typed"),
    path("assignments/<int:assignment_id>/submit/", writing.Submit.as_view(), name="api_update_submit"),
    path("assignments/<int:assignment_id>/approve/", writing.Approve.as_view(), name="api_update_approve"),
    path("assignments/<int:assignment_id>/send-back/", writing.SendBack.as_view(), name="api_update_send_back"),
    path(
        "assignments/<int:assignment_id>/evidence/", takes_files(writing.AddEvidence.as_view()), name="api_evidence_add"
    ),
    path(
        "assignments/<int:assignment_id>/evidence/<int:evidence_id>/",
        writing.RemoveEvidence.as_view(),
        name="api_evidence_remove",
    ),
    path(
        "assignments/<int:assignment_id>/assessment/",
        assessing.WorkingAssessment.as_view(),
        name="api_assessment_text",
    ),
    path("assignments/<int:assignment_id>/assessment/show/", assessing.Show.as_view(), name="api_assessment_show"),
    path(
        "assignments/<int:assignment_id>/assessment/publish/",
        assessing.PublishAssessment.as_view(),
        name="api_assessment_publish",
    ),
    path(
        "assignments/<int:assignment_id>/assessment/withdraw/",
        assessing.WithdrawAssessment.as_view(),
        name="api_assessment_withdraw",
    ),
    path("assignments/<int:assignment_id>/assessment/reply/", assessing.Reply.as_view(), name="api_assessment_reply"),
    path(
        "assignments/<int:assignment_id>/assessment/decline/",
        assessing.Decline.as_view(),
        name="api_assessment_decline",
    ),
    path("updates/submit/", writing.SubmitSeveral.as_view(), name="api_updates_submit"),
    path("updates/decide/", reviewing.DecideSeveral.as_view(), name="api_updates_decide"),
    path("updates/<int:update_id>/return/", reviewing.Return.as_view(), name="api_update_return"),
    path("updates/<int:update_id>/accept/", reviewing.Accept.as_view(), name="api_update_accept"),
    path("updates/<int:update_id>/publish/", reviewing.Publish.as_view(), name="api_update_publish"),
    path("updates/<int:update_id>/withdraw/", reviewing.Withdraw.as_view(), name="api_update_withdraw"),
    path("updates/<int:update_id>/comment/", reviewing.Say.as_view(), name="api_update_comment"),
    path("cycles/plan/", keeping.PlanCycle.as_view(), name="api_cycle_plan"),
    path("cycles/<slug:key>/open/", keeping.OpenCycle.as_view(), name="api_cycle_open"),
    path("cycles/<slug:key>/close/", keeping.CloseCycle.as_view(), name="api_cycle_close"),
    path("cycles/<slug:key>/remind/", keeping.Remind.as_view(), name="api_cycle_remind"),
    path("reminder-plan/", keeping.ReminderPlan.as_view(), name="api_reminder_plan"),
    path("appointments/<int:appointment_id>/hand-over/", keeping.HandOver.as_view(), name="api_hand_over"),
]
