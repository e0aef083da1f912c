from sloyfe.core.access import page
from sloyfe.reporting.picture import files, views

VIEW = "picture.view"

urlpatterns = [
    page("picture/", views.picture, needs=VIEW, name="picture"),
    page("picture/<int:key>/", views.node, needs=VIEW, name="picture-node"),
    page("picture/<int:key>/offices/", views.offices, needs=VIEW, name="picture-offices"),
    page("picture/<int:key>/over-time/", views.over_time, needs=VIEW, name="picture-over-time"),
    page("picture/<int:key>/what-if/", views.what_if, needs=VIEW, name="picture-what-if"),
    page("picture/<int:key>/picture.csv", files.as_csv, needs=VIEW, name="picture-csv"),
    page("picture/<int:key>/picture.xlsx", files.as_xlsx, needs=VIEW, name="picture-xlsx"),
    page("picture/<int:key>/picture.json", files.as_json, needs=VIEW, name="picture-json"),
    page("picture/publish/", views.publish_now, needs="picture.publish", name="picture-publish"),
]
