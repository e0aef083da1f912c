from django.apps import AppConfig


class TimeConfig(AppConfig):
    name = "sloyfe.modules.time"
    label = "time"
