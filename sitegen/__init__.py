"""sitegen: Markdown and YAML of an alumni office → a static site with feeds and calendars."""

__version__ = "0.1.0"
