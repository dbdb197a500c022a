"""The widget's script, on the address that websites embed."""

from django.urls import path

from .views import widget_script

urlpatterns = [path("kefu.js", widget_script, name="widget-script")]
