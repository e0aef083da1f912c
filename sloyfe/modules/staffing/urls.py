from sloyfe.core.access import page
from sloyfe.modules.staffing import views

urlpatterns = [page("time/proposal/<int:pk>/", views.proposal, needs="plan.edit", name="time-proposal")]
