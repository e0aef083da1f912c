from sloyfe.core.access import page
from sloyfe.modules.time import views, views_own

OFFICE = "office/<int:unit>/hours/"

urlpatterns = [
    page("me/hours/", views_own.my_hours, needs="own.page", name="my-hours"),
    page("me/hours/week/", views_own.set_hours, needs="own.page", name="my-hours-week"),
    page("me/hours/leading/", views_own.set_leading, needs="own.page", name="my-hours-leading"),
    page("me/hours/away/", views_own.add_absence, needs="own.page", name="my-hours-away"),
    page("me/hours/away/<int:pk>/remove/", views_own.remove_absence, needs="own.page", name="my-hours-away-remove"),
    page("me/hours/calendar/", views_own.read_calendar, needs="own.page", name="my-hours-calendar"),
    page("me/hours/calendar/forget/", views_own.forget_calendar, needs="own.page", name="my-hours-calendar-forget"),
    page(OFFICE, views.office_hours, needs="time.edit", name="office-hours"),
    page(OFFICE + "roster/", views.rehearse_roster, needs="time.edit", name="office-roster"),
    page(OFFICE + "roster/<int:pk>/keep/", views.keep_roster, needs="time.edit", name="office-roster-keep"),
    page(OFFICE + "<slug:kind>/add/", views.add, needs="time.edit", name="office-hours-add"),
    page(OFFICE + "<slug:kind>/<int:pk>/remove/", views.remove, needs="time.edit", name="office-hours-remove"),
]
