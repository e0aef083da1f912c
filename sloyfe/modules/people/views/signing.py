"""Signing in and out, a new password, and giving somebody a way in. Single sign-on will find its place beside these."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import views as auth
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sloyfe.core.access import ViewerRequest
from sloyfe.core.audit.looks import write_looks
from sloyfe.core.ui.forms import posted
from sloyfe.modules.people import letting_in
from sloyfe.modules.people.forms.fields import tell
from sloyfe.modules.people.forms.signing import LetInForm, SignInForm
from sloyfe.modules.people.letting_in import EDIT
from sloyfe.modules.people.models import Person

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


class ChoosePassword(auth.PasswordResetConfirmView):
    """Where the one-time link leads. A link that no longer works says so, and what to do."""

    template_name = "people/choose_password.html"
    success_url = reverse_lazy("sign-in")
    http_method_names = FORM_METHODS

    def form_valid(self, form) -> HttpResponse:
        messages.success(self.request, _("The password is chosen. Sign in with it."))
        return super().form_valid(form)


choose_password = ChoosePassword.as_view()


@require_http_methods(["GET", "POST"])
def let_in(request: ViewerRequest, pk: int) -> HttpResponse:
    """The link is shown once, on the answer to the form, and stored nowhere."""
    person = get_object_or_404(Person.objects.for_viewer(request.viewer, EDIT), pk=pk)
    user = letting_in.user_of(person)
    form = LetInForm(posted(request), initial={"username": user.username if user else ""})
    link = ""
    if request.method == "POST" and form.is_valid():
        try:
            user = letting_in.let_in(request.viewer, person, form.cleaned_data["username"])
        except ValidationError as refused:
            tell(form, refused)
        else:
            write_looks(request.viewer, [person.pk], page="sign-in-link", needs=EDIT)
            link = request.build_absolute_uri(reverse("choose-password", args=letting_in.one_time_key(user)))
    context = {"form": form, "person": person, "user_there": user, "link": link}
    answer = render(request, "people/let_in.html", context, status=422 if form.errors else 200)
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def shut_out(request: ViewerRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(Person.objects.for_viewer(request.viewer, EDIT), pk=pk)
    letting_in.shut_out(request.viewer, person)
    messages.success(request, _("Done. %(name)s can no longer sign in.") % {"name": person.name})
    return redirect("let-in", pk)
