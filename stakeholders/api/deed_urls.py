"""Addresses of what is done with accounts and appointments."""

from django.urls import path

from stakeholders.api import people

urlpatterns = [
    path("me/", people.OwnAccount.as_view(), name="api_me"),
    path("stakeholders/<slug:code>/appointments/", people.Appoint.as_view(), name="api_appoint"),
    path("stakeholders/<slug:code>/approval/", people.SetApproval.as_view(), name="api_set_approval"),
    path("appointments/<int:appointment_id>/end/", people.EndAppointment.as_view(), name="api_appointment_end"),
    path("people/officers/", people.InviteOfficer.as_view(), name="api_invite_officer"),
    path("people/<int:person_id>/invite/", people.InviteAgain.as_view(), name="api_person_invite"),
    path("people/<int:person_id>/close/", people.CloseAccount.as_view(), name="api_person_close"),
]
