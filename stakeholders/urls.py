"""Accounts and people. The names that begin with `account_`, `mfa_` and `usersessions_` are the library's own."""

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.usersessions.views import list_usersessions
from django.urls import path

from stakeholders.api import description, diary, me
from stakeholders.api import stakeholders as register
from stakeholders.views import accounts, people, preferences, tokens

urlpatterns = [
    path("login/", accounts.SignIn.as_view(), name="account_login"),
    path("login/second-step/", second_step.authenticate, name="mfa_authenticate"),
    path("login/closed/", account.account_inactive, name="account_inactive"),
    path("logout/", account.logout, name="account_logout"),
    path("password/", account.password_reset, name="account_reset_password"),
    path("password/sent/", account.password_reset_done, name="account_reset_password_done"),
    path("password/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("password/<str:uidb36>/<str:key>/", account.password_reset_from_key, name="account_reset_password_from_key"),
    path("invitations/<str:token>/", accounts.accept, name="invitation"),
    path("account/", accounts.account_page, name="account"),
    path("account/", accounts.account_page, name="mfa_index"),  # where the library goes after a change
    path("account/preferences/", preferences.preferences_page, name="preferences"),
    path("unsubscribe/<str:token>/", preferences.unsubscribe, name="unsubscribe"),
    path("account/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("account/confirm/code/", second_step.reauthenticate, name="mfa_reauthenticate"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/password/first/", account.password_set, name="account_set_password"),
    path("account/second-factor/", accounts.Activate.as_view(), name="mfa_activate_totp"),
    path("account/second-factor/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/recovery-codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/recovery-codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("account/sessions/", list_usersessions, name="usersessions_list"),
    path("account/tokens/", tokens.tokens_page, name="tokens"),
    path("account/tokens/new/", tokens.create_token, name="create_token"),
    path("account/tokens/<int:token_id>/end/", tokens.end_token, name="end_token"),
    path("people/", people.people_page, name="people"),
    path("people/officers/", people.invite_officer, name="invite_officer"),
    path("people/<int:person_id>/invite/", people.invite_again, name="invite_again"),
    path("people/<int:person_id>/close/", people.close_account, name="close_account"),
    path("team/<slug:code>/", people.team_page, name="team"),
    path("team/<slug:code>/approval/", people.set_approval, name="set_approval"),
    path("team/appointments/<int:appointment_id>/end/", people.end_appointment, name="end_appointment"),
]

api_urlpatterns = [
    path("schema/", description.Description.as_view(), name="api_schema"),
    path("me/appointments/", me.OwnAppointments.as_view(), name="api_own_appointments"),
    path("stakeholders/", register.Stakeholders.as_view(), name="api_stakeholders"),
    path("stakeholders/<slug:code>/", register.OneStakeholder.as_view(), name="api_stakeholder"),
    path("capacities/", register.Capacities.as_view(), name="api_capacities"),
    path("diary/", diary.Diary.as_view(), name="api_diary"),
]
