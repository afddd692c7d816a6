"""The command line: options and exit codes; the work is done elsewhere."""

from __future__ import annotations

import functools
import io
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sitegen import __version__, diagnostics
from sitegen.clock import instant_of
from sitegen.problems import SiteError, errors, failures
from sitegen.progress import progress_bar

if TYPE_CHECKING:
    from sitegen.build.options import Options
    from sitegen.build.summary import Summary

DESTINATION = "public"


def main() -> None:
    """The entry point."""
    sys.excepthook = diagnostics.tell_crash
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        usage = io.StringIO()
        error.show(usage)
        diagnostics.write(diagnostics.discreet(usage.getvalue()))
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="sitegen %(version)s")
def cli() -> None:
    """Turn Markdown and YAML into the public site of an alumni association."""


def site_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that reads a site; gives the command `options` and `style`."""

    @click.option("--config", "-c", default="config.yaml", show_default=True, help="Configuration file.")
    @click.option("--source", "-s", default=".", type=click.Path(file_okay=False), help="Folder of the site.")
    @click.option("--destination", "-d", type=click.Path(file_okay=False), help=f"Where to build.  [default: {DESTINATION}/]")
    @click.option("--base-url", "-b", help="Public address, instead of the configured one.")
    @click.option("--drafts", "-D", is_flag=True, help="Show drafts.")
    @click.option("--future", "-F", is_flag=True, help="Show what is under embargo.")
    @click.option("--expired", "-E", is_flag=True, help="Show what has expired.")
    @click.option("--now", help="Build for this instant (ISO 8601).")
    @click.option("--strict", is_flag=True, help="Warnings fail.")
    @click.option("--jobs", "-j", type=click.IntRange(1, 64), help="Processes.  [default: one for each processor]")
    @click.option("--format", "style", type=click.Choice(diagnostics.FORMATS), help="Form of the diagnostics.")
    @functools.wraps(command)
    def wrapped(
        config: str, source: str, destination: str | None, base_url: str | None, drafts: bool, future: bool, expired: bool,
        now: str | None, strict: bool, jobs: int | None, style: str | None, **rest: Any,
    ) -> Any:  # fmt: skip
        from sitegen.build.options import Options
        from sitegen.site.visibility import Policy

        root = Path(source).resolve()
        try:
            moment = instant_of(now)
        except ValueError as error:
            raise click.UsageError(str(error)) from None
        options = Options(
            root=root,
            destination=Path(destination).resolve() if destination else root / DESTINATION,
            now=moment,
            config=config,
            base_url=base_url,
            policy=Policy(drafts, future, expired),
            strict=strict,
            jobs=jobs or _processors(),
        )
        return _guarded(
            functools.partial(command, options=options, style=style or diagnostics.default_format(), **rest), root, style
        )

    return wrapped


def _processors() -> int:
    """The processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _guarded(run: Callable[[], Any], root: Path, style: str | None) -> Any:
    """Runs a command; problems are printed, all of them, and decide the exit code."""
    try:
        return run()
    except SiteError as error:
        style = style or diagnostics.default_format()
        diagnostics.write(diagnostics.show(error.problems, root, style, diagnostics.wants_color(sys.stderr)))
        if style == "text":
            failed, warned = len(errors(error.problems)), len(failures(error.problems, strict=True))
            warnings = f", {_count(warned - failed, 'warning')}" if failed < warned else ""
            diagnostics.write(f"{_count(failed, 'error')}{warnings}; nothing was changed\n")
        sys.exit(error.exit_code)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


@cli.command()
@site_options
@click.option("--quiet", "-q", is_flag=True, help="Print problems only.")
@click.option("--verbose", "-v", is_flag=True, help="Name every file withheld.")
@click.option("--clean", is_flag=True, help="Parse and render everything anew.")
@click.option("--verify", is_flag=True, help="Then render everything again, and compare.")
def build(options: Options, style: str, quiet: bool, verbose: bool, clean: bool, verify: bool) -> None:
    """Build the site: what changed since the last build, and nothing else."""
    from dataclasses import replace

    from sitegen.build.publish import publish

    started = time.monotonic()
    options = replace(options, clean=clean)
    with progress_bar(quiet) as progress:
        summary = publish(options, progress)
    told = summary.problems if verbose else failures(summary.problems, strict=True)
    if told or style == "json":
        diagnostics.write(diagnostics.show(told, options.root, style, diagnostics.wants_color(sys.stderr)))
    if verify:
        _verify(options, quiet)
    if not quiet:
        _summarize(summary, time.monotonic() - started, verbose)


def _verify(options: Options, quiet: bool) -> None:
    from sitegen.build.audit import audit

    differences = audit(options)
    if differences:
        raise SiteError(differences)
    if not quiet:
        diagnostics.say("verified: every file is what a clean build makes")


def _summarize(summary: Summary, seconds: float, verbose: bool) -> None:
    lines = summary.withheld
    for line in lines if verbose or len(lines) <= 10 else lines[:9]:
        diagnostics.say(line)
    if not verbose and len(lines) > 10:
        diagnostics.say(f"withheld: … and {len(lines) - 9} more (sitegen list --withheld)")
    if summary.remark:
        diagnostics.say(summary.remark)
    if summary.lacks_font:
        diagnostics.say("no font with Chinese characters is here: pictures for shared links show no words (README, Pictures)")
    reviewed = len(summary.problems) - len(failures(summary.problems, strict=True))
    if reviewed:
        diagnostics.say(f"privacy: {_count(reviewed, 'finding')} published for a written reason (sitegen check names them)")
    diagnostics.say(
        f"{summary.pages} pages, {summary.rendered} rendered, {summary.written} files written, {summary.unchanged} unchanged, "
        f"{summary.removed} removed, {len(lines)} withheld, {seconds:.1f} s"
    )


@cli.command()
@site_options
@click.option("--port", "-p", default=1313, show_default=True, help="Port; the next free one if it is taken.")
@click.option("--bind", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--open", "open_browser", is_flag=True, help="Open the site in a browser.")
def serve(options: Options, style: str, port: int, bind: str, open_browser: bool) -> None:
    """Show the site on this machine, rebuilding on every save."""
    from sitegen.preview.server import serve as serve_site

    serve_site(options, bind, port, open_browser, click.echo)


@cli.command()
@site_options
@click.option("--quiet", "-q", is_flag=True, help="Print problems only.")
def check(options: Options, style: str, quiet: bool) -> None:
    """Check everything: content, links inside the output, references, missing translations, unused files."""
    from sitegen.check.whole import check_site

    problems, figures = check_site(options)
    if problems or style == "json":
        diagnostics.write(diagnostics.show(problems, options.root, style, diagnostics.wants_color(sys.stderr)))
    if not quiet:
        warnings = len(failures(problems, strict=True)) - len(errors(problems))
        diagnostics.say(f"{figures}; {_count(len(errors(problems)), 'error')}, {_count(warnings, 'warning')}")
    sys.exit(1 if failures(problems, options.strict) else 0)


@cli.command("list")
@site_options
@click.option("--withheld", is_flag=True, help="Only what is not shown, why, and when it goes live.")
@click.option("--kind", help="Only entries of this kind.")
def list_(options: Options, style: str, withheld: bool, kind: str | None) -> None:
    """List the entries of the site."""
    from sitegen.check.listing import list_entries

    for line in list_entries(options, style, withheld, kind):
        diagnostics.say(line)


@cli.command()
@site_options
@click.argument("path")
def explain(options: Options, style: str, path: str) -> None:
    """Tell what an output reads and why it was last made, or which outputs depend on a source."""
    from sitegen.build.explain import explain as explain_path

    for line in explain_path(options, path):
        diagnostics.say(line)


@cli.command()
@site_options
@click.option("--pictures", is_flag=True, help="The pictures made for it too, which are otherwise kept to be used again.")
def clean(options: Options, style: str, pictures: bool) -> None:
    """Remove the output and the state: only files that sitegen wrote."""
    from sitegen.build.clean import remove_output

    diagnostics.say(f"{_count(remove_output(options.root, options.destination, pictures), 'file')} removed")


@cli.command()
@click.argument("folder", type=click.Path(file_okay=False))
@click.option("--title", default="Alumni Association", show_default=True, help="Title of the site.")
def init(folder: str, title: str) -> None:
    """Start a site in a new folder."""
    from sitegen.starter import start_site

    for path in _guarded(lambda: start_site(Path(folder), title), Path(folder), None):
        diagnostics.say(path)


@cli.command()
@site_options
@click.argument("kind")
@click.argument("title", required=False)
@click.option("--lang", help="Language of the title, or of the workbook.  [default: the site's first]")
@click.option("--chapter", help="Id of a chapter it belongs to.")
@click.option(
    "--xlsx", is_flag=False, flag_value="", help="For honor-roll: a workbook for the register of gifts, beside the site's folder."
)
def new(
    options: Options, style: str, kind: str, title: str | None, lang: str | None, chapter: str | None, xlsx: str | None
) -> None:
    """Write a new entry, such as: sitegen new event "返校日" --chapter hangzhou-joint"""
    from sitegen.starter import new_entry, new_register, new_theme

    if kind == "theme":
        for path in new_theme(options, title or ""):
            diagnostics.say(path)
        diagnostics.say(f"Name it in the configuration: theme: {title}")
        return
    if xlsx is not None:
        diagnostics.say(new_register(options, kind, xlsx, lang))
        return
    if not title:
        raise click.UsageError('a title is missing, such as: sitegen new news "返校日"')
    diagnostics.say(new_entry(options, kind, title, lang, chapter))


@cli.group("import")
def import_() -> None:
    """Bring in what other programs keep."""


@import_.command("honor-roll")
@site_options
@click.argument("register", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--map", "mapping", type=click.Path(dir_okay=False, path_type=Path), help="Which column holds what (YAML).")
@click.option("--to", help="The roll, such as content/honors/annual-2026.yaml; else as the mapping says.")
@click.option("--dry-run", "-n", "dry", is_flag=True, help="Tell what would be written, and write nothing.")
@click.option("--verbose", "-v", is_flag=True, help="Name every entry that changes.")
def import_honor_roll(
    options: Options, style: str, register: Path, mapping: Path | None, to: str | None, dry: bool, verbose: bool
) -> None:
    """Make the entries of a roll from the register of gifts (CSV, XLSX), as far as donors have agreed."""
    from sitegen.importers.honor_roll import import_roll

    done = import_roll(options, register, mapping, to, dry, verbose)
    if done.warnings or style == "json":
        diagnostics.write(diagnostics.show(done.warnings, options.root, style, diagnostics.wants_color(sys.stderr)))
    for line in done.lines:
        diagnostics.say(line)
