from sloyfe.core.access import PUBLIC, page
from sloyfe.modules.plans import views, views_own

urlpatterns = [
    page("needs/", views.need_list, needs="needs.view", name="need-list"),
    page("plans/", views.plan_list, needs="plan.view", name="plan-list"),
    page("plans/begin/", views.begin, needs="plan.edit", name="plan-begin"),
    page("plans/<int:pk>/", views.plan, needs="plan.view", name="plan"),
    page("plans/<int:pk>/choose/", views.choose, needs="plan.edit", name="plan-choose"),
    page("plans/<int:pk>/not-now/", views.not_now, needs="plan.edit", name="plan-not-now"),
    page("plans/not-now/<int:pk>/undo/", views.undo_not_now, needs="plan.edit", name="plan-not-now-undo"),
    page("plans/<int:pk>/find-time/", views.find_time, needs="plan.edit", name="plan-find-time"),
    page("plans/take/<int:pk>/", views.take_dates, needs="plan.edit", name="plan-take-dates"),
    page("plans/priority/<int:pk>/measure/", views.new_measure, needs="plan.edit", name="measure-new"),
    page("plans/measure/<int:pk>/", views.edit_measure, needs="plan.edit", name="measure"),
    page("plans/measure/<int:pk>/new-dates/", views.find_new_dates, needs="plan.edit", name="measure-new-dates"),
    page("plans/measure/<int:pk>/drop/", views.drop_measure, needs="plan.edit", name="measure-drop"),
    page("plans/measure/<int:pk>/closing/", views.closing, needs="plan.edit", name="measure-closing"),
    page("plans/session/<int:pk>/held/", views.held, needs="plan.edit", name="session-held"),
    page("me/requirements/", views_own.my_requirements, needs="own.page", name="my-requirements"),
    page("me/weeks/", views_own.my_weeks, needs="own.page", name="my-weeks"),
    page("me/weeks/feed/", views_own.new_feed, needs="own.page", name="my-new-feed"),
    page("me/follow-up/<int:pk>/", views_own.follow_up, needs="own.page", name="my-follow-up"),
    page("me/closing/<int:pk>/", views_own.agree, needs="own.page", name="my-agree"),
    page("me/closing/<int:pk>/otherwise/", views_own.see_otherwise, needs="own.page", name="my-otherwise"),
    page("me/part/<int:pk>/", views_own.named, needs="own.page", name="my-part"),
    page("feed/<str:token>.ics", views_own.calendar_feed, needs=PUBLIC, name="my-feed"),
]
