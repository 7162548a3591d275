"""The `grappe` command: its groups, its language, its errors."""

import os
import sys

import click

from grappe import __version__
from grappe.cli import demo_policy as demo_policy
from grappe.cli.accounts import account
from grappe.cli.calls import call
from grappe.cli.changing import load, redact
from grappe.cli.comparing import claims, compare, legal_forms
from grappe.cli.contracts import contract
from grappe.cli.diagnosing import diagnose
from grappe.cli.editions import diff, edition, timeline
from grappe.cli.eligible import eligible, schemes
from grappe.cli.events import demo, events
from grappe.cli.figures import figures
from grappe.cli.following import alarms, indicators, labels
from grappe.cli.inventing import invent
from grappe.cli.listing import clusters, forms, instruments, links, organisations, potential, programmes
from grappe.cli.locating import localise
from grappe.cli.measuring import measure
from grappe.cli.network import network, path
from grappe.cli.reading import check, disputes, find, sheet
from grappe.cli.reading_documents import read, template
from grappe.cli.reporting import report
from grappe.cli.scheduling import schedule
from grappe.cli.seen import seen
from grappe.cli.serving import serve
from grappe.cli.spotting import spot
from grappe.cli.suggesting import suggest
from grappe.cli.validating import validate
from grappe.cli.working import work
from grappe.domain.errors import GrappeError
from grappe.domain.vocabulary import LANGUAGES
from grappe.present.problems import error_words


def spoken() -> str:
    """Language of the terminal, English when it is none of ours."""
    chosen = os.environ.get("GRAPPE_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or "en"
    return chosen[:2] if chosen[:2] in LANGUAGES else "en"


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="grappe")
@click.option(
    "--lang", type=click.Choice(LANGUAGES), help="Language of labels and messages; by default the terminal's."
)
@click.pass_context
def grappe(context: click.Context, lang: str | None) -> None:
    """An observatory of economic clusters: every value is cited, contradictions stay visible."""
    context.obj = lang or spoken()


for command in (
    load, clusters, sheet, links, organisations, forms, potential, programmes, instruments,
    disputes, check, find, redact, validate, serve,
    edition, diff, timeline, compare, claims, legal_forms, read, template, report,
    schemes, eligible, call, contract, indicators, alarms, labels,
    network, path, suggest, account, events, schedule, demo,
    seen, diagnose, work,
    measure, localise, spot, figures, invent,
):  # fmt: skip
    grappe.add_command(command)


def main() -> None:
    """Run the command; a user's mistake ends with its message and exit code, never a traceback."""
    try:
        grappe.main(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader, such as `head`, has had enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except GrappeError as error:
        arguments = sys.argv
        language = arguments[arguments.index("--lang") + 1] if "--lang" in arguments[:-1] else spoken()
        click.echo(error_words(error, language if language in LANGUAGES else "en"), err=True)
        sys.exit(error.exit_code)
