"""Who gets what at every address: one line a route, read by test_doors.py. A route without a line fails the test.

Columns: name of the route, method, then the answer for nobody, Alice (author for Alpha), Bob (reader for Alpha),
Charlie (author for Beta), Dana (officer). The records are Alpha's: a submitted update on 2.1 with a file for the review
alone, a published one on 1.2, an unwritten assignment 1.1. 302 for nobody means "log in first"; 404 means "for you this
does not exist".
"""

ROUTES = """
home              GET    200  200  200  200  200
method            GET    200  200  200  200  200
area              GET    200  200  200  200  200
commitment        GET    200  200  200  200  200
stakeholders      GET    200  200  200  200  200
stakeholder       GET    200  200  200  200  200
cycle             GET    200  200  200  200  200
version           GET    200  200  200  200  200
search            GET    200  200  200  200  200
report_library    GET    200  200  200  200  200
report            GET    200  200  200  200  200
reading           GET    404  404  404  404  404
commitments       GET    200  200  200  200  200
commitment_history GET   200  200  200  200  200
data              GET    200  200  200  200  200
home_feed         GET    200  200  200  200  200
area_feed         GET    200  200  200  200  200
commitment_feed   GET    200  200  200  200  200
stakeholder_feed  GET    200  200  200  200  200
robots            GET    200  200  200  200  200
sitemap           GET    200  200  200  200  200
sitemap_section   GET    200  200  200  200  200
download          GET    404  404  404  404  404
compile           GET    302  404  404  404  200
compile           POST   302  404  404  404  400
correct           POST   302  404  404  404  400
cancel            POST   302  404  404  404  302
retry             POST   302  404  404  404  302
manifest          GET    200  200  200  200  200
report_figures    GET    200  200  200  200  200
cycle_figures     GET    200  200  200  200  200
desk              GET    302  200  200  200  302
update            GET    302  200  200  404  404
update            POST   302  400  400  404  404
nothing_new       POST   302  302  403  404  404
keep_typed        POST   302  400  400  404  404
approve           POST   302  403  403  404  404
submit_several    POST   302  302  302  302  302
evidence          GET    404  200  200  404  200
inbox             GET    302  404  404  404  200
assessments       GET    302  404  404  404  200
assess            GET    302  404  404  404  200
assess            POST   302  404  404  404  400
own_assessments   GET    302  200  200  200  200
assessment        GET    302  200  200  404  404
assessment        POST   302  400  400  404  404
versions          GET    302  200  200  404  200
comment           POST   302  400  400  404  400
decide_several    POST   302  404  404  404  404
review            GET    302  404  404  404  200
review            POST   302  404  404  404  400
board             GET    302  404  404  404  200
remind            POST   302  404  404  404  404
reminder_plan     GET    302  404  404  404  200
reminder_plan     POST   302  404  404  404  302
reminders_sent    GET    302  404  404  404  200
cycle_desk        GET    302  404  404  404  200
cycle_desk        POST   302  404  404  404  400
turn_cycle        POST   302  404  404  404  302
account_login                        GET    200  302  302  302  302
account_logout                       POST   302  302  302  302  302
account_inactive                     GET    200  200  200  200  200
account_reset_password               GET    200  200  200  200  200
account_reset_password_done          GET    200  200  200  200  200
account_reset_password_from_key      GET    200  200  200  200  200
account_reset_password_from_key_done GET    200  200  200  200  200
account_change_password              GET    302  200  200  200  200
account_set_password                 GET    302  302  302  302  302
account_reauthenticate               GET    302  200  200  200  200
account                              GET    302  200  200  200  200
preferences                          GET    302  200  200  200  200
preferences                          POST   302  400  400  400  400
unsubscribe                          GET    200  200  200  200  200
unsubscribe                          POST   200  200  200  200  200
mfa_index                            GET    302  200  200  200  200
mfa_authenticate                     GET    302  302  302  302  302
mfa_reauthenticate                   GET    302  302  302  302  302
mfa_activate_totp                    GET    302  200  200  200  200
mfa_deactivate_totp                  GET    302  404  404  404  404
mfa_view_recovery_codes              GET    302  404  404  404  404
mfa_generate_recovery_codes          GET    302  200  200  200  200
mfa_download_recovery_codes          GET    302  404  404  404  404
usersessions_list                    GET    302  200  200  200  200
tokens                               GET    302  200  200  200  200
create_token                         POST   302  400  400  400  400
end_token                            POST   302  302  404  404  404
openid_connect_login                 POST   404  404  404  404  404
openid_connect_callback              GET    404  404  404  404  404
socialaccount_login_cancelled        GET    200  200  200  200  200
socialaccount_login_error            GET    401  401  401  401  401
socialaccount_signup                 GET    302  302  302  302  302
invitation        GET    404  404  404  404  404
people            GET    302  404  404  404  200
invite_officer    POST   302  404  404  404  400
invite_again      POST   302  404  404  404  302
close_account     POST   302  404  404  404  302
team              GET    302  404  404  404  200
team              POST   302  404  404  404  400
set_approval      POST   302  404  404  404  302
end_appointment   POST   302  404  404  404  302
hand_over         GET    302  404  404  404  200
hand_over         POST   302  404  404  404  400
api_areas        GET    200  200  200  200  200
api_area         GET    200  200  200  200  200
api_commitments  GET    200  200  200  200  200
api_commitment   GET    200  200  200  200  200
"""

LINES = [line.split() for line in ROUTES.strip().splitlines()]
