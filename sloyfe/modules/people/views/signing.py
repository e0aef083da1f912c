"""Signing in and out, and a new password. Single sign-on will find its place beside these."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import views as auth
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from sloyfe.modules.people.forms.signing import SignInForm

FORM_METHODS = ["get", "post", "head", "options"]

sign_in = auth.LoginView.as_view(
    template_name="people/sign_in.html",
    authentication_form=SignInForm,
    redirect_authenticated_user=True,
    http_method_names=FORM_METHODS,
)
sign_out = auth.LogoutView.as_view(http_method_names=["post", "options"])


class NewPassword(auth.PasswordChangeView):
    template_name = "people/new_password.html"
    success_url = reverse_lazy("today")
    http_method_names = FORM_METHODS

    def form_valid(self, form) -> HttpResponse:
        messages.success(self.request, _("The new password holds from now on."))
        return super().form_valid(form)


new_password = NewPassword.as_view()
