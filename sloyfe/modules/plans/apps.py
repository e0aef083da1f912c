from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "sloyfe.modules.plans"
    label = "plans"
