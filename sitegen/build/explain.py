"""Why an output is as it is: what it reads, why it was last made; and for a source, which outputs depend on it."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.build import codec
from sitegen.build.ledger import numbers
from sitegen.build.memory import Memory
from sitegen.build.options import Options
from sitegen.build.state import State
from sitegen.content.entries import FOLDER, id_of
from sitegen.problems import Code, Problem, SiteError, Span, did_you_mean
from sitegen.site.addresses import file_of


def explain(options: Options, path: str) -> Iterator[str]:
    """Lines about an output (its file, or its address) or a source.  Raises SiteError where nothing is known of it."""
    memory = State(options.root, options.destination.resolve()).read()
    relative = path.removeprefix(f"{options.destination.name}/")
    file = relative if relative in memory.outputs else file_of("/" + relative.strip("/") + "/")
    if file in memory.outputs:
        yield from _output(memory, file)
    elif path.startswith(FOLDER + "/") and path in memory.parsed:
        yield from _source(memory, path)
    else:
        hint = did_you_mean(relative, [*memory.outputs, *memory.parsed]) if memory.outputs else "build the site first"
        raise SiteError([Problem(Code.MISSING_FILE, f"nothing is known of {path}", Span(path), hint)])


def _output(memory: Memory, file: str) -> Iterator[str]:
    trace = memory.outputs[file]
    yield f"{file}"
    yield f"  last made because {_readable(trace.why) or 'it is a copy of an asset, a picture or an attachment'}"
    reads = numbers(trace.reads)
    yield f"  reads {len(reads)} facts:"
    for number in reads:
        yield f"    {_key(memory.facts[number][0])}"


def _source(memory: Memory, path: str) -> Iterator[str]:
    record = codec.load(memory.parsed[path].record())
    names = {id_of(path), record["id"]} if record is not None else {f"/{path.partition('/')[2]}"}
    about = {number for number, (key, _) in memory.facts.items() if names & set(map(str, codec.load_key(key)[1:]))}
    yield f"{path} (id {', '.join(sorted(names))})"
    readers = {file: sorted(about.intersection(numbers(trace.reads))) for file, trace in memory.outputs.items()}
    found = {file: read for file, read in sorted(readers.items()) if read}
    yield f"  read by {len(found)} outputs:"
    for file, read in found.items():
        yield f"    {file}: {', '.join(sorted({str(codec.load_key(memory.facts[number][0])[0]) for number in read}))}"


def _key(text: str) -> str:
    return " ".join(str(part) for part in codec.load_key(text))


def _readable(why: str) -> str:
    return f"this changed: {_key(why.removeprefix('changed: '))}" if why.startswith("changed: ") else why
