from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "sloyfe.modules.assessment"
    label = "assessment"
