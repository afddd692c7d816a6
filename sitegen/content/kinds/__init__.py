"""The built-in kinds, in the order in which sites list them."""

from __future__ import annotations

from sitegen.content.kind import Kind
from sitegen.content.kinds.chapter import CHAPTER
from sitegen.content.kinds.cohort import COHORT
from sitegen.content.kinds.event import EVENT
from sitegen.content.kinds.feature import FEATURE
from sitegen.content.kinds.honor_roll import HONOR_ROLL
from sitegen.content.kinds.news import NEWS
from sitegen.content.kinds.page import PAGE
from sitegen.content.kinds.person import PERSON
from sitegen.content.kinds.project import PROJECT
from sitegen.content.kinds.service import SERVICE

BUILT_IN: tuple[Kind, ...] = (NEWS, FEATURE, EVENT, CHAPTER, HONOR_ROLL, PERSON, COHORT, PROJECT, SERVICE, PAGE)
