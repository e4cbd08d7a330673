"""Pictures and tables of the document model inside our pages."""

from django import template

from hjulet.base.documents.html import render_picture, render_table

register = template.Library()

register.filter("picture", render_picture)
register.filter("as_table", render_table)
