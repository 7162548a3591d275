"""What disappears if an actor or a programme goes."""

from hypothesis import given
from hypothesis import strategies as st

from grappe.network.removal import Loss, without
from tests.network.graphs import nodes, ties

SMALL = st.lists(st.tuples(*[st.sampled_from("abcdef")] * 2), max_size=10).map(
    lambda pairs: " ".join(f"{a}-{b}" for a, b in pairs)
)


def lost(text, *gone, organisations=""):
    return without(nodes(text, organisations=organisations), ties(text), gone)


def test_a_cluster_whose_donor_was_its_only_partner_is_left_alone():
    # Donor d supports x, y and z; only y and z also know each other.
    found = lost("d-x d-y d-z y-z", "d", organisations="d")
    assert found.ties == ("1", "2", "3")
    assert found.alone == ("x",)
    assert found.losses == (Loss("x", 1, 0), Loss("y", 2, 1), Loss("z", 2, 1))
    assert found.splits == ((("y", "z"), ("x",)),)


def test_an_organisation_left_alone_is_a_loss_but_no_cluster():
    found = lost("a-b", "a", organisations="b")
    assert found.alone == ()
    assert found.losses == (Loss("b", 1, 0),)


def test_a_programme_takes_along_the_links_in_its_frame_alone():
    found = lost("a-b/p a-c/p,q b-c", "p")
    assert (found.ties, found.frames, found.loosened) == ((), ("1",), ("2",))
    assert [loss.id for loss in found.losses] == ["a", "b"]


def test_two_programmes_take_along_what_stood_in_the_frame_of_both():
    assert lost("a-b/p a-c/p,q b-c", "p", "q").frames == ("1", "2")


def test_a_listing_goes_too_but_leaves_nobody_alone():
    found = lost("a~b c-d", "a")
    assert found.ties == ("1",)
    assert (found.alone, found.losses, found.splits) == ((), (), ())


def test_who_loses_one_of_several_links_with_a_partner_loses_no_partner():
    assert lost("a-b/p a-b", "p").losses == ()


def test_a_stranger_takes_nothing_along():
    found = lost("a-b", "nobody")
    assert (found.ties, found.frames, found.losses, found.splits) == ((), (), (), ())
    assert (found.components_before, found.components_after) == (1, 1)


def test_a_part_that_only_shrinks_does_not_split():
    assert lost("a-b b-c c-a", "a").splits == ()


def test_a_bridge_splits_its_part():
    found = lost("a-b b-m m-c c-d", "m")
    assert found.splits == ((("a", "b"), ("c", "d")),)
    assert (found.components_before, found.components_after) == (1, 2)


@given(SMALL, st.sampled_from("abcdef"))
def test_what_goes_and_what_stays_is_everything(text, gone):
    found = lost(text, gone)
    stays = [tie for tie in ties(text) if gone not in tie.ends]
    assert len(found.ties) + len(stays) == len(ties(text))
    partners = {one for tie in stays if tie.source != tie.target for one in tie.ends}
    before = {
        (set(tie.ends) - {gone}).pop() for tie in ties(text) if gone in tie.ends and tie.source != tie.target
    }
    assert set(found.alone) == before - partners
