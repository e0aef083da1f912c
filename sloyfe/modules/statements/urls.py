from sloyfe.core.access import page
from sloyfe.modules.statements import views, views_confirming, views_levels, views_team
from sloyfe.modules.statements.export import my_data

urlpatterns = [
    page("ask/", views.ask, needs="ask.use", name="ask"),
    page("ask/<int:pk>/", views.turn_to, needs="ask.use", name="ask-turn-to"),
    page("ask/<int:pk>/not-asked/", views.did_not_ask, needs="ask.use", name="ask-did-not"),
    page("ask/area/", views.post_need, needs="ask.use", name="ask-area"),
    page("ask/area/<int:pk>/take-back/", views.withdraw_need, needs="ask.use", name="ask-area-take-back"),
    page("area/needs/", views.area_needs, needs="need.area", name="area-needs"),
    page("me/", views.my_page, needs="own.page", name="my-page"),
    page("me/say/<slug:kind>/", views.say, needs="own.page", name="my-say"),
    page("me/<int:pk>/share/", views.share, needs="own.page", name="my-share"),
    page("me/share/<int:pk>/close/", views.revoke, needs="own.page", name="my-revoke"),
    page("me/<int:pk>/confirm/", views.confirm, needs="own.page", name="my-confirm"),
    page("me/<int:pk>/take-back/", views.take_back, needs="own.page", name="my-take-back"),
    page("me/<int:pk>/bring-back/", views.bring_back, needs="own.page", name="my-bring-back"),
    page("me/asking/", views.helper, needs="own.page", name="my-helper"),
    page("me/levels/", views_levels.my_levels, needs="own.page", name="my-levels"),
    page("me/levels/<int:competence>/", views_levels.my_level, needs="own.page", name="my-level"),
    page("me/levels/<int:competence>/take-back/", views_levels.withdraw, needs="own.page", name="my-level-withdraw"),
    page("me/counting/", views_levels.counting, needs="own.page", name="my-counting"),
    page("me/confirmations/", views_confirming.overview, needs="own.page", name="my-confirmations"),
    page("me/<int:pk>/ask-to-confirm/", views_confirming.ask, needs="own.page", name="my-ask-to-confirm"),
    page("me/asks/<int:pk>/take-back/", views_confirming.withdraw, needs="own.page", name="my-ask-take-back"),
    page("me/asks/<int:pk>/", views_confirming.answer, needs="own.page", name="my-confirm-for"),
    page("me/<int:pk>/remark/", views_confirming.remark, needs="own.page", name="my-remark"),
    page("me/<int:pk>/take-away/", views_confirming.take_away, needs="own.page", name="my-take-away"),
    page("team/", views_team.team, needs="team.view", name="my-team"),
    page("me/data.zip", my_data, needs="own.page", name="my-data"),
]
