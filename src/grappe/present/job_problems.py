"""What can go wrong with uploads, jobs in the background and signals, in words."""

from collections.abc import Mapping

from grappe.present.catalogue import N_, say
from grappe.present.words import country_name

JOB_ERRORS = {
    "upload_empty": N_("{name} is empty. Choose the file again."),
    "upload_too_large": N_("{name} is larger than {most} MB, the most that can be sent. Compress or cut it."),
    "upload_incomplete": N_("{name} did not arrive whole: nothing was kept. Send it again."),
    "too_many_entries": N_(
        "{name} holds {entries} files, where {most} are the most. Put the one register in it, alone."
    ),
    "upload_bomb": N_(
        "{name} grows to more than {most} MB, or to more than {ratio} times its size, when it is expanded:"
        " it is refused. Send the text itself."
    ),
    "table_too_large": N_(
        "{name} has {rows} rows and {columns} columns; the most are {most_rows} and {most_columns}."
        " Leave out what is not needed, or use the command line."
    ),
    "bad_concordance": N_(
        "{path}, line {line}: write a code of the register and one or more ISIC Rev.4 codes of two to four"
        " digits, parted by spaces, in two columns under a header."
    ),
    "too_many_jobs": N_("{most} of your jobs wait or run already. Wait for one to end, or cancel it."),
    "too_many_kept": N_("You keep {most} results already. Delete one."),
    "job_cannot": N_("“{job}” cannot become {wanted}: it is {present}."),
    "job_running": N_("“{job}” is running. Cancel it first."),
    "job_broke": N_("The work broke down by a mistake of ours. Its trace is kept with the job; try again."),
    "no_result_yet": N_("“{job}” has no result to publish."),
    "coverage_missing": N_(
        "Nobody said what the register of “{job}” covers, so its result is not published. Ask again with it."
    ),
    "signal_cannot": N_("This signal cannot become {wanted}: it is {present}."),
    "too_small_to_signal": N_("A signal needs a footprint of at least {least} establishments."),
    "signal_without_country": N_("Say in which country it is: its witnesses are people of that country."),
    "not_a_witness": N_(
        "Witnesses hold a role over {country}, or over a cluster there, and are not the author of the signal."
    ),
    "no_such_region": N_("There is no region `{region}` in the table. There are: {accepted}."),
}
"""A sentence per code of error."""

JOB_STATES = {
    "queued": N_("waiting"),
    "running": N_("running"),
    "done": N_("done"),
    "failed": N_("refused"),
    "cancelled": N_("cancelled"),
    "lost": N_("lost: the machine stopped meanwhile"),
}
"""States of a job."""

JOB_STEPS = {
    "": N_("waiting for its turn"),
    "read": N_("reading the register"),
    "spot": N_("looking for concentrations"),
    "localise": N_("testing every industry"),
    "match": N_("matching with declared clusters"),
}
"""Steps of a job."""

SIGNAL_STATES = {
    "private": N_("private"),
    "asked": N_("waiting for witnesses"),
    "confirmed": N_("confirmed by two witnesses"),
    "withdrawn": N_("withdrawn"),
}
"""States of a signal."""


def job_params(params: Mapping[str, str], language: str) -> dict[str, str]:
    """Codes among the parameters of an error in words: states, and the country of a signal."""
    states = {**JOB_STATES, **SIGNAL_STATES}
    worded = {
        name: say(language, states[params[name]])
        for name in ("present", "wanted")
        if params.get(name) in states
    }
    if "country" in params:
        worded["country"] = country_name(params["country"], language)
    return worded
