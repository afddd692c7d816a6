"""The benchmark's site for Pelican; its cache is on, which is its best case."""

import json
from datetime import UTC, datetime
from pathlib import Path

SITENAME = "Example Alumni Association"
SITEURL = "https://alumni.example.edu"
AUTHOR = "Office"
TIMEZONE = "Asia/Shanghai"
DEFAULT_LANG = "en"
PATH = "content"
OUTPUT_PATH = "public"
ARTICLE_PATHS = ["news"]
PAGE_PATHS = ["events", "chapters", "honors"]
PATH_METADATA = r"(?P<path_no_ext>.*)\..*"
PLUGIN_PATHS = ["."]
PLUGINS = ["near"]
THEME = "theme"
THEME_STATIC_DIR = "."
ARTICLE_SAVE_AS = "news/{date:%Y}/{slug}/index.html"
ARTICLE_URL = "news/{date:%Y}/{slug}/"
PAGE_URL = "{path_no_ext}/"
PAGE_SAVE_AS = "{path_no_ext}/index.html"
INDEX_SAVE_AS = "news/index.html"
TAG_URL = "tags/{slug}/"
TAG_SAVE_AS = "tags/{slug}/index.html"
TAGS_SAVE_AS = "tags/index.html"
CATEGORY_URL = "news/{slug}/"
CATEGORY_SAVE_AS = "news/{slug}/index.html"
AUTHOR_URL = "chapters/{slug}/"
AUTHOR_SAVE_AS = ARCHIVES_SAVE_AS = AUTHORS_SAVE_AS = CATEGORIES_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "tags", "home", "event_list", "chapter_list", "calendar", "sitemap"]
HOME_SAVE_AS = "index.html"
EVENT_LIST_SAVE_AS = "events/index.html"
CHAPTER_LIST_SAVE_AS = "chapters/index.html"
CALENDAR_SAVE_AS = "calendar.ics"
SITEMAP_SAVE_AS = "sitemap.xml"
DEFAULT_PAGINATION = 20
PAGINATED_TEMPLATES = {"index": None, "tag": None, "category": None}
PAGINATION_PATTERNS = ((1, "{url}", "{save_as}"), (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"))
DEFAULT_DATE_FORMAT = "%B %d, %Y"
SUMMARY_MAX_LENGTH = None
DEFAULT_ORPHANS = 0
FEED_ALL_RSS, FEED_ALL_ATOM = "feed.xml", "atom.xml"
CATEGORY_FEED_RSS, CATEGORY_FEED_ATOM = "news/{slug}/feed.xml", "news/{slug}/atom.xml"
AUTHOR_FEED_RSS, AUTHOR_FEED_ATOM = "chapters/{slug}/feed.xml", "chapters/{slug}/atom.xml"
TAG_FEED_RSS, TAG_FEED_ATOM = "tags/{slug}/feed.xml", "tags/{slug}/atom.xml"
TRANSLATION_FEED_ATOM = None
FEED_DOMAIN = SITEURL
FEED_MAX_ITEMS = 30
RSS_FEED_SUMMARY_ONLY = False
MARKDOWN = {"extensions": [], "output_format": "html5"}
CACHE_CONTENT = LOAD_CONTENT_CACHE = True
CONTENT_CACHING_LAYER = "generator"
CHECK_MODIFIED_METHOD = "mtime"
ROLL = json.loads((Path(__file__).parent / "roll.json").read_text(encoding="utf-8"))


def _stamp(when: datetime) -> str:
    return f"{when.astimezone(UTC):%Y%m%dT%H%M%SZ}"


JINJA_FILTERS = {"stamp": _stamp}
