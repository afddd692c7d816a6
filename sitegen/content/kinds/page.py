"""Page: a standing text such as about, charter, history."""

from __future__ import annotations

from sitegen.content.kind import Kind

PAGE = Kind(
    name="page",
    folder="pages",
    plural="pages",
    own={},
    required=("title",),
    permalink="/{path}/",
    order=("weight", "id"),
    has_index=False,
)
