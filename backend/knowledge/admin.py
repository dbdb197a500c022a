from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from .models import Article
from .services import save_article


@admin.register(Article)
class ArticleAdmin(ModelAdmin):
    list_display = ("title", "site_key", "language", "slug", "published", "updated_at")
    list_filter = ("site_key", "language", "published")
    search_fields = ("title", "slug", "body")
    list_per_page = 50
    fields = ("site_key", "language", "slug", "title", "url", "body", "tags", "published")

    def save_model(self, request: HttpRequest, obj: Article, form: ModelForm, change: bool) -> None:
        save_article(obj)
