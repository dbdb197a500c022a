"""The widget's script."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
