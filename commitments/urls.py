from django.urls import path

from commitments.api import areas, commitments, declarations

api_urlpatterns = [
    path("declarations/", declarations.Declarations.as_view(), name="api_declarations"),
    path("declarations/<slug:code>/", declarations.OneDeclaration.as_view(), name="api_declaration"),
    path("areas/", areas.Areas.as_view(), name="api_areas"),
    path("areas/<slug:uid>/", areas.OneArea.as_view(), name="api_area"),
    path("commitments/", commitments.Commitments.as_view(), name="api_commitments"),
    path("commitments/<slug:uid>/", commitments.OneCommitment.as_view(), name="api_commitment"),
]
