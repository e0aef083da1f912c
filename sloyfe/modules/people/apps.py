from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "sloyfe.modules.people"
    label = "people"
