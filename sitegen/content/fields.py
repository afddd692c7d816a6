"""What a field may be: each type reads a YAML node into a plain value or says what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sitegen.content import strict_yaml as yaml
from sitegen.content.paths import PICTURE_HINT, content_path, is_safe_url
from sitegen.content.reading import Reading
from sitegen.content.reference import Reference
from sitegen.content.translations import Translations
from sitegen.problems import Code, Problem, Span, did_you_mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """The common part of every field type."""

    required: bool = False
    translated: bool = False  # its text belongs to one language, so a translation does not inherit it

    def read(self, node: yaml.Node, name: str, reading: Reading) -> Any:
        """The plain value of the node.  Raises RejectedError after noting the problem."""
        raise NotImplementedError

    def scalar(self, node: yaml.Node, name: str, reading: Reading, wanted: str) -> yaml.Scalar:
        if isinstance(node, yaml.Scalar) and node.value is not None:
            return node
        found, hint = _NOT_SCALAR[type(node)]
        raise reading.reject(Code.WRONG_TYPE, f"{name} {found}, {wanted} is needed", node, hint)


_NOT_SCALAR: dict[type, tuple[str, str]] = {
    yaml.Scalar: ("is empty", 'write the value after the colon (a # after a space begins a comment: put such a text in "quotes")'),
    yaml.Sequence: ("is a list", 'write one value, without a leading - ; put text that begins with [ in "quotes"'),
    yaml.Mapping: ("has fields of its own", 'write one value; put text that begins with { in "quotes"'),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Field):
    """Words for readers: one text, or a map of languages."""

    translated: bool = True

    def read(self, node: yaml.Node, name: str, reading: Reading) -> str | Translations:
        if not isinstance(node, yaml.Mapping):
            return self.scalar(node, name, reading, "a text").text.strip()
        texts = Translations()
        for language, text in node.items.items():
            if language not in reading.languages:
                line, column = node.keys[language]
                reading.problems.append(
                    Problem(
                        Code.UNKNOWN_LANGUAGE,
                        f"{language} is not a language of this site, in {name}",
                        Span(reading.path, line, column),
                        'a comma ends a text inside { }: put the text in "quotes"'
                        if " " in language
                        else f"languages in config.yaml: {', '.join(reading.languages)}",
                    )
                )
                continue
            texts[language] = self.scalar(text, f"{name}.{language}", reading, "a text").text.strip()
        if not texts:
            raise reading.reject(Code.WRONG_TYPE, f"{name} has no text", node, "write {zh: …, en: …} or one text")
        return texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Word(Field):
    """A text that is the same in every language: an id, a name of a file, a number as written."""

    pattern: str = ""
    hint: str = ""

    def read(self, node: yaml.Node, name: str, reading: Reading) -> str:
        text = self.scalar(node, name, reading, "a word").text.strip()
        if self.pattern and not re.fullmatch(self.pattern, text):
            raise reading.reject(Code.WRONG_TYPE, f"{name} cannot be “{text}”", node, self.hint)
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Field):
    """One of a few words."""

    of: tuple[str, ...]

    def read(self, node: yaml.Node, name: str, reading: Reading) -> str:
        text = self.scalar(node, name, reading, "one word").text
        if text not in self.of:
            raise reading.reject(Code.UNKNOWN_CHOICE, f"{name} cannot be “{text}”", node, did_you_mean(text, self.of))
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag(Field):
    """true or false."""

    def read(self, node: yaml.Node, name: str, reading: Reading) -> bool:
        scalar = self.scalar(node, name, reading, "true or false")
        if not isinstance(scalar.value, bool):
            raise reading.reject(Code.WRONG_TYPE, f"{name} is “{scalar.text}”", node, "write true or false")
        return scalar.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Integer(Field):
    """A whole number between two bounds."""

    minimum: int = 0
    maximum: int = 10**15

    def read(self, node: yaml.Node, name: str, reading: Reading) -> int:
        scalar = self.scalar(node, name, reading, "a whole number")
        if isinstance(scalar.value, bool) or not isinstance(scalar.value, int):
            raise reading.reject(Code.WRONG_TYPE, f"{name} is “{scalar.text}”", node, "write a whole number such as 3")
        if not self.minimum <= scalar.value <= self.maximum:
            raise reading.reject(
                Code.WRONG_TYPE, f"{name} is {scalar.value}", node, f"write a number from {self.minimum} to {self.maximum}"
            )
        return scalar.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Field):
    """A number, with or without a fraction, between two bounds."""

    minimum: float = 0
    maximum: float = 1

    def read(self, node: yaml.Node, name: str, reading: Reading) -> float:
        scalar = self.scalar(node, name, reading, "a number")
        if isinstance(scalar.value, bool) or not isinstance(scalar.value, int | float):
            raise reading.reject(Code.WRONG_TYPE, f"{name} is “{scalar.text}”", node, "write a number such as 30.27")
        if not self.minimum <= scalar.value <= self.maximum:
            raise reading.reject(
                Code.WRONG_TYPE, f"{name} is {scalar.text}", node, f"write a number from {self.minimum} to {self.maximum}"
            )
        return scalar.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount(Field):
    """A sum of money, kept as the decimal text typed; never a binary fraction."""

    def read(self, node: yaml.Node, name: str, reading: Reading) -> str:
        text = self.scalar(node, name, reading, "an amount").text
        if not re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,2})?", text):
            raise reading.reject(Code.WRONG_TYPE, f"{name} is “{text}”", node, "write digits only, such as 250000 or 99.50")
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Url(Field):
    """A web address (http, https, mailto, tel) or a path of this site."""

    def read(self, node: yaml.Node, name: str, reading: Reading) -> str:
        text = self.scalar(node, name, reading, "an address").text.strip()
        if not is_safe_url(text):
            raise reading.reject(
                Code.UNSAFE_URL, f"{name} “{text[:60]}” is not a safe address", node, "begin with https:// (or /, mailto:, tel:)"
            )
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture(Field):
    """A picture file: beside the source, or from the content folder when it begins with a slash."""

    def read(self, node: yaml.Node, name: str, reading: Reading) -> str:
        path = _content_file(self.scalar(node, name, reading, "the name of a picture file"), name, reading)
        reading.pictures.append((path, node.line, node.column))
        return path


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment(Field):
    """A file to be published with the site: beside the source, or from the content folder when it begins with a slash."""

    def read(self, node: yaml.Node, name: str, reading: Reading) -> str:
        path = _content_file(self.scalar(node, name, reading, "the name of a file"), name, reading)
        reading.files.append((path, node.line, node.column))
        return path


def _content_file(node: yaml.Scalar, name: str, reading: Reading) -> str:
    """The path from the content folder of the file that a field names.  Raises RejectedError."""
    text = node.text.strip()
    path = content_path(text, reading.path)
    if path is None:
        raise reading.reject(Code.UNSAFE_PATH, f"{name} “{text}” is not a file of the content folder", node, PICTURE_HINT)
    return path


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref(Field):
    """The id of another entry, with or without its folder; with no folders given, any name."""

    folders: tuple[str, ...]

    def read(self, node: yaml.Node, name: str, reading: Reading) -> str:
        text = self.scalar(node, name, reading, "an id").text.strip()
        reading.references.append(Reference(self.candidates(text), node.line, node.column, name))
        return text

    def candidates(self, text: str) -> tuple[str, ...]:
        """The full ids that the text may mean."""
        if not self.folders or text.split("/")[0] in self.folders:
            return (text,)
        return tuple(f"{folder}/{text}" for folder in self.folders)


@dataclass(frozen=True, slots=True, kw_only=True)
class Former(Field):
    """A key that once was: refused, with what stands in its place."""

    instead: str

    def read(self, node: yaml.Node, name: str, reading: Reading) -> None:
        raise reading.reject(Code.UNKNOWN_KEY, f"{name} is not a key any more", node, self.instead)
