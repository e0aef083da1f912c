from django.apps import AppConfig


class PictureConfig(AppConfig):
    name = "sloyfe.reporting.picture"
    label = "picture"
