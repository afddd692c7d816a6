"""Which templates are others since the last build."""

from __future__ import annotations

from sitegen.build import codec
from sitegen.build.last import LastBuild
from sitegen.build.theme_review import theme_disclosures
from sitegen.build.unchanged import recall_summary
from sitegen.theme.theme import Theme


def changed_templates(last: LastBuild, theme: Theme) -> dict[int, str] | None:
    """The facts, by number, of templates that are others now, with all that they include; None if there is something to say of any.

    Raises DamagedStateError.
    """
    if last.inputs.of(last.inputs.templates).digest() == (last.meta["templates"] or None):
        return {}
    if _were_spoken_of(last) or theme_disclosures(theme.chain, last.options.root):
        return None
    return {
        number: key
        for number, (key, digest) in last.state.facts_named("template").items()
        if codec.digest(theme.template(codec.load_key(key)[1])) != digest
    }


def _were_spoken_of(last: LastBuild) -> bool:
    """True if something was said of another file than a source: of a template it may not be true any more."""
    return any(problem.span.path not in last.sources for problem in recall_summary(last).problems)
