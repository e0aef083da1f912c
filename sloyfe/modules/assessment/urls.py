from sloyfe.core.access import page
from sloyfe.modules.assessment import views, views_own

urlpatterns = [
    page("rounds/", views.round_list, needs="round.view", name="rounds"),
    page("rounds/new/", views.new_round, needs="round.edit", name="round-new"),
    page("rounds/<int:pk>/", views.round_page, needs="round.view", name="round"),
    page("rounds/<int:pk>/edit/", views.edit_round, needs="round.edit", name="round-edit"),
    page("rounds/<int:pk>/hear/<slug:party>/", views.hear, needs="round.edit", name="round-hear"),
    page("rounds/<int:pk>/hear/<slug:party>/<int:employer>/", views.hear, needs="round.edit", name="round-hear-at"),
    page("rounds/heard/<int:pk>/own-words/", views.own_words, needs="round.remark", name="round-own-words"),
    page("rounds/<int:pk>/open/", views.open_round, needs="round.edit", name="round-open"),
    page("rounds/<int:pk>/close/", views.close_round, needs="round.edit", name="round-close"),
    page("rounds/<int:pk>/discard/", views.discard, needs="round.edit", name="round-discard"),
    page("rounds/<int:pk>/begin/", views_own.begin, needs="own.page", name="round-begin"),
]
