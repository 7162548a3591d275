"""What can be wrong with a matchmaking event and its agenda, in words, beside the other problems."""

from grappe.network.matchmaking import WISH_PROBLEMS
from grappe.present.catalogue import N_

EVENT_PROBLEMS = {
    "unknown_zone": N_("There is no time zone `{zone}`. Write one such as Africa/Casablanca."),
    "bad_slot_length": N_("A slot of {minutes} minutes is not possible. Choose {low} to {high} minutes."),
    "bad_pause": N_("A pause of {minutes} minutes between slots is not possible. Choose 0 or more."),
    "no_day": N_("The event has no day. Add one."),
    "day_ends_before_start": N_("{day} ends at {end}, before it starts at {start}. Correct the hours."),
    "days_overlap": N_("Two spans of {day} overlap: {first} and {second}. Part them."),
    "break_ends_before_start": N_("A break ends at {end}, before it starts at {start}. Correct the hours."),
    "break_of_no_day": N_("A break is on {day}, which is no day of the event. Correct the day."),
    "no_such_hour": N_("On {day} clocks of {zone} do not show {hour}. Choose another hour."),
    "no_slot": N_("No slot fits between the breaks. Lengthen the days or shorten the slots."),
    "too_many_slots": N_("The days hold {count} slots, at most {most} are possible. Lengthen the slots."),
    "no_title": N_("The event has no title. Write one."),
    "no_tables": N_("With {tables} tables nobody can meet. Give one table or more."),
    "too_many_tables": N_("{tables} tables are more than an agenda shows, {most} at most. Give fewer."),
    "no_slots": N_("There is no slot in which meetings can be put. Add a day."),
    "no_wishes": N_("With {most} wishes each, nobody can wish for a meeting. Allow one or more."),
    "bad_sides": N_("The sides ({sides}) are neither none nor two different ones. Correct them."),
    "self_wish": N_("{sender} wishes to meet {receiver}, which is itself. Take the wish back."),
    "unknown_participant": N_("A wish names {participant}, who does not take part. Register them first."),
    "same_side_wish": N_("{sender} and {receiver} are on the same side, and only unlike sides meet here."),
    "blocked_wish": N_("{sender} and {receiver} are kept apart by the organiser."),
    "missing_side": N_("{participant} has no side. Choose one of the two."),
    "unknown_slot": N_("{participant} is available in {slot}, which is no slot. Correct the availability."),
    "host_beyond_tables": N_("{participant} stays at table {table}, and there are {tables}. Correct it."),
    "bad_rank": N_("The wish of {sender} to meet {receiver} has rank {rank}. Ranks go from 1 to {most}."),
    "repeated_wish": N_("{sender} wishes twice to meet {receiver}. Keep one wish."),
    "never_available": N_("{participant} is never available, and so meets nobody."),
    "no_common_slot": N_("{sender} and {receiver} are never available together: they cannot meet."),
    "more_meetings_than_slots": N_(
        "{participant} is to have {meetings} meetings in {slots} slots: some will be left out."
    ),
    "more_meetings_than_places": N_(
        "{meetings} meetings are asked for, and there is room for {places}: some will be left out."
    ),
    "participant_twice": N_("{participant} has two meetings at once: {slot}."),
    "table_twice": N_("Table {table} is taken twice: {slot}."),
    "pair_twice": N_("{participant} and {other} meet twice."),
    "pair_blocked": N_("{participant} and {other} are to be kept apart."),
    "same_side": N_("{participant} and {other} are on the same side."),
    "not_coming": N_("{participant} does not come."),
    "no_such_slot": N_("There is no slot {slot}."),
    "no_such_table": N_("There is no table {table}: there are {tables}."),
    "not_available": N_("{participant} is not available: {slot}."),
    "no_table": N_("The meeting has no table yet: {slot}."),
    "not_at_host_table": N_("{participant} stays at table {table}, and is to meet elsewhere."),
    "at_table_of_host": N_("Table {table} is kept for {participant}."),
}
"""A sentence per code of problem of an event and of conflict of its agenda; each stands by itself."""

EVENT_ERRORS = {
    "event_refused": N_("{event} is impossible as it stands, {count} problem(s); nothing was changed."),
    "meeting_conflicts": N_("The meeting cannot be put there in {event}, {count} conflict(s)."),
    "agenda_conflicts": N_(
        "The agenda of {event} cannot be published, {count} conflict(s). Solve them first."
    ),
    "bad_event_id": N_(
        "`{value}` cannot name an event. Use at most {longest} small letters, digits and single hyphens."
    ),
    "event_exists": N_("`{event}` is taken. Choose another name."),
    "event_changed": N_(
        "{event} was changed meanwhile by {who}: {changes}. Look at it again, then repeat what you did."
    ),
    "event_cannot": N_(
        "The state of {event} is: {present}. It cannot become: {wanted}. Possible: {accepted}."
    ),
    "event_not_now": N_("The state of {event} is: {present}. This is possible in the states: {accepted}."),
    "event_has_meetings": N_("{event} has meetings, which rest on its slots and sides. Cancel them first."),
    "event_not_begun": N_("{event} cannot be held before it begins, {start}."),
    "participant_cannot": N_(
        "The state of {name} is: {present}. It cannot become: {wanted}. Possible: {accepted}."
    ),
    "not_taking_part": N_("The state of {name} is: {present}. Only those who are registered can be met."),
    "wish_cannot": N_(
        "The state of the wish is: {present}. It cannot become: {wanted}. Possible: {accepted}."
    ),
    "meeting_cannot": N_(
        "The state of the meeting is: {present}. It cannot become: {wanted}. Possible: {accepted}."
    ),
    "meeting_past": N_("The state of the meeting is: {present}. It is not moved any more."),
    "meeting_not_begun": N_("The meeting has not begun: {start}. Report it afterwards."),
    "meeting_not_held": N_("The state of the meeting is: {present}. It has an outcome once it was held."),
    "meeting_announced": N_(
        "The meeting of {sender} and {receiver} is published. Ask the organiser to move it."
    ),
    "outcome_too_early": N_("This outcome is asked for from {since}. Come back then."),
    "organiser_schedules": N_("In {event} the organiser chooses the slots. Wait for the agenda."),
    "wish_calls_for_nothing": N_("{sender} and {receiver} have not agreed to meet. Accept the wish first."),
    "slot_not_free": N_("{slot} is not free for both. Free: {free}."),
    "wishes_over": N_("Wishes for {event} ended on {until}. Ask the organiser."),
    "too_many_wishes": N_("{name} has sent {most} wishes, which is all there are. Withdraw one first."),
    "name_taken": N_("{name} is on the list of this event already."),
    "no_name": N_("A participant of {event} needs a name."),
    "no_pair": N_("{name} and {other} are no pair of one event."),
    "side_has_wishes": N_("{name} has wishes that rest on its side. Withdraw them first."),
    "table_beyond": N_("There is no table {table}: there are {tables}."),
    "table_of_host": N_("Table {table} is kept for {name}. Choose another."),
    "nothing_to_publish": N_("Nothing changed in {event} since the last publication."),
    "no_link_of_nothing": N_("Nothing came of the meeting in {event}: there is no link to publish."),
    "not_an_entity": N_("{name} is not in the census, so that no link can name it. Add it first."),
    "fictional_store": N_(
        "{path} holds invented data ({title}) and never takes facts. Choose another folder with GRAPPE_DATA."
    ),
    **{code: EVENT_PROBLEMS[code] for code in WISH_PROBLEMS},
    "census_store": N_("{path} holds a census, and invented data never go there. Choose another folder."),
}
"""A sentence per code of error of matchmaking events and of demonstrations."""
