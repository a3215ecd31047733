"""Single sign-on (OpenID Connect). Outside the language prefixes: the provider knows one address to return to."""

from allauth.socialaccount import views
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

urlpatterns = [
    path("cancelled/", views.login_cancelled, name="socialaccount_login_cancelled"),
    path("failed/", login_not_required(views.login_error), name="socialaccount_login_error"),
    path("closed/", views.signup, name="socialaccount_signup"),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
]
