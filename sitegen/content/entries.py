"""One source → its record: validated fields and parsed bodies, or problems.  Pure, a file at a time."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any

from sitegen.config import Config
from sitegen.content import strict_yaml as yaml
from sitegen.content.field_groups import read_fields
from sitegen.content.kind import Kind
from sitegen.content.markdown import parse_markdown
from sitegen.content.parsing import Parsing
from sitegen.content.privacy_review import FIELD, disclosures, reviews
from sitegen.content.reading import Reading
from sitegen.content.record import Record
from sitegen.content.sources import decode
from sitegen.content.translations import Translations
from sitegen.content.yaml_mistakes import full_width_colon
from sitegen.problems import Code, Problem, SiteError, Span, did_you_mean, errors

FOLDER = "content"
_SUFFIX = re.compile(r"(?:\.([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*))?\.(md|ya?ml)\Z")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def id_of(path: str) -> str:
    """The id that a source's path gives: without the content folder, language and suffix, of an index file its folder's."""
    return _SUFFIX.sub("", path.removeprefix(FOLDER + "/")).removesuffix("/index")


def load_entry(path: str, content: bytes, config: Config) -> tuple[Record | None, list[Problem]]:
    """The record of one source and every problem in it; no record where the file as a whole cannot be read."""
    try:
        text = decode(content, path)
        node, body, body_line, line = _split(text, path)
        kind, name, language = _identify(path, node, config)
    except SiteError as error:
        return None, list(error.problems) + disclosures(path, content.decode("utf-8", "replace"))
    reading = Reading(path, config.language_codes)
    fields = read_fields(kind.fields, node, "", reading)
    kind.check(fields, node, reading)
    languages = _languages(fields, kind, language, path, config)
    parsing = Parsing(path, body_line, {each.name: each.folder for each in config.kinds}, config.raw_html)
    bodies = {}
    for tongue, markdown, first_line in _texts(fields, node, body, body_line, languages, path):
        parsing.first_line = first_line
        parsing.marks, parsing.named = [], set()
        bodies[tongue] = parse_markdown(markdown, parsing)
    reviewed = reviews(fields.pop(FIELD, None), node, path)
    record = Record(
        id=f"{kind.folder}/{fields.pop('id', name).removeprefix(kind.folder + '/')}",
        kind=kind.name,
        source=path,
        line=line,
        languages=languages,
        fields={key: value for key, value in fields.items() if key not in ("kind", "body", "bio")},
        bodies=bodies,
        places=node.keys,
        sound=not errors(reading.problems + parsing.problems),
        references=tuple(reading.references + parsing.references),
        pictures=tuple(reading.pictures + parsing.pictures),
        files=tuple(reading.files + parsing.files),
        reviews=reviewed,
    )
    return record, reading.problems + parsing.problems + disclosures(path, text)


def _split(text: str, path: str) -> tuple[yaml.Mapping, str, int, int]:
    """Front matter, body, and the lines on which they begin."""
    if not text.strip():
        raise SiteError([Problem(Code.EMPTY_SOURCE, "the file is empty", Span(path), "write something, or delete the file")])
    if not path.endswith(".md"):
        return _mapping(yaml.parse(text, path), path, 1), "", 1, 1
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise SiteError([Problem(Code.NO_FRONT_MATTER, "the story does not begin with ---", Span(path), _FRONT_MATTER_HINT)])
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        problem = Problem(Code.UNCLOSED_FRONT_MATTER, "the fields are not closed by ---", Span(path, 1, 1), _CLOSING_HINT)
        raise SiteError([problem])
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        column = control.start() - text.rfind("\n", 0, control.start())
        message = f"an invisible character (U+{ord(control[0]):04X})"
        raise SiteError([Problem(Code.ENCODING, message, Span(path, line, column), "delete the character")])
    node = _mapping(yaml.parse("\n".join(lines[1:end]), path, first_line=2), path, 2)
    return node, "\n".join(lines[end + 1 :]), end + 2, 2


_FRONT_MATTER_HINT = "begin with a line ---, then title: … and the other fields, then a line ---"
_CLOSING_HINT = "put a line --- between the fields and the text"


def _mapping(node: yaml.Node | None, path: str, line: int) -> yaml.Mapping:
    if isinstance(node, yaml.Mapping):
        return node
    if isinstance(node, yaml.Scalar):
        wide = re.match(r"([^\s：]+)：", node.text)
        if wide:
            mistake = full_width_colon(wide[1], node.line, node.column + wide.end(1))
            raise SiteError([Problem(Code.YAML_SYNTAX, mistake.message, Span(path, mistake.line, mistake.column), mistake.hint)])
    if node is None:
        raise SiteError([Problem(Code.NO_FRONT_MATTER, "there are no fields", Span(path, line), "add title: …")])
    raise SiteError([Problem(Code.WRONG_TYPE, "fields are needed, not a list or a text", Span(path, line), "write title: …")])


def _identify(path: str, node: yaml.Mapping, config: Config) -> tuple[Kind, str, str]:
    """The kind, the name within its folder, and the language of a source ('' where the file does not say)."""
    relative = path.removeprefix(FOLDER + "/")
    match = _SUFFIX.search(relative)
    assert match
    language = match[1] or ""
    if language and language not in config.language_codes:
        stem = posixpath.basename(relative)[: -len(match[0])]
        other = f"(if .{language} is no language, write {stem}-{language}.{match[2]})"
        hint = f"name it {stem}.{config.language_codes[0]}.{match[2]} {other}"
        raise SiteError([Problem(Code.UNKNOWN_LANGUAGE, f"{language} is not a language of this site", Span(path), hint)])
    name = relative[: match.start()]
    odd = re.search(r"[#?%:*\"<>|\\\x00-\x1f]", name)
    if odd:
        message = f"the file name has “{odd[0]}”, which an address cannot hold"
        raise SiteError([Problem(Code.UNSAFE_PATH, message, Span(path), "rename the file with letters, digits and hyphens")])
    if posixpath.basename(name) == "index":
        name = posixpath.dirname(name)
    folder, _, rest = name.partition("/")
    override = node.items.get("kind")
    if isinstance(override, yaml.Scalar):
        kind = next((kind for kind in config.kinds if kind.name == override.text), None)
        if kind is None:
            hint = did_you_mean(override.text, [kind.name for kind in config.kinds])
            span = Span(path, override.line, override.column)
            raise SiteError([Problem(Code.UNKNOWN_KIND, f"there is no kind {override.text}", span, hint)])
        return kind, rest if folder == kind.folder and rest else name, language
    kind = next((kind for kind in config.kinds if kind.folder == folder), None)
    if kind is None or not rest:
        known = [kind.folder for kind in config.kinds]
        if not rest:
            message = f"{posixpath.basename(path)} lies in no folder of {FOLDER}/"
            raise SiteError([Problem(Code.UNKNOWN_KIND, message, Span(path), f"move it to one of: {', '.join(known)}")])
        hint = did_you_mean(folder, known).replace("did you mean ", f"did you mean {FOLDER}/") + " (or add kind: … to the file)"
        raise SiteError([Problem(Code.UNKNOWN_KIND, f"no kind has the folder {FOLDER}/{folder}", Span(path), hint)])
    return kind, rest, language


def _languages(fields: Mapping[str, Any], kind: Kind, language: str, path: str, config: Config) -> tuple[str, ...]:
    title = fields.get(kind.title_field)
    if language:
        return (language,)
    if not path.endswith(".md") and isinstance(title, Translations):
        return tuple(code for code in config.language_codes if code in title)
    return (config.default_language,)


def _texts(
    fields: Mapping[str, Any], node: yaml.Mapping, body: str, body_line: int, languages: tuple[str, ...], path: str
) -> Iterator[tuple[str, str, int]]:
    """Every Markdown text of a source, with its language and first line."""
    if path.endswith(".md"):
        yield languages[0], body, body_line
        return
    for key in ("body", "bio"):
        text = fields.get(key)
        place = node.items.get(key)
        if isinstance(text, Translations) and isinstance(place, yaml.Mapping):
            for language in languages:
                if language in text:
                    yield language, text[language], _first_line(place.items[language])
        elif isinstance(text, str) and place is not None:
            yield languages[0], text, _first_line(place)


def _first_line(node: yaml.Node) -> int:
    """The line on which the text of a node begins."""
    return node.line + (1 if isinstance(node, yaml.Scalar) and node.is_block else 0)
