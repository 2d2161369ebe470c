#!/usr/bin/env python3
"""People do their work in a real browser, in Vietnamese, from an order to a closed account; and are refused where they must be.

apt-get install chromium; pip install -r tests/browser/requirements.txt
python3 tests/browser/story.py [--ocop FILE]
"""

import argparse
from pathlib import Path

from house import TOP, open_house
from story_office import a_decision_about_many, a_destruction, a_list, a_producer, a_report, a_suspension, an_invitation
from story_refusals import (
    a_form_sent_twice,
    a_recognition_that_expired,
    a_spent_quota,
    another_got_there_first,
    another_ones_batch,
    more_than_the_quota,
    no_business_of_theirs,
    two_approvers_at_once,
)
from story_work import a_camera, a_decision, order_to_shelf

CHAPTERS = [
    a_decision,
    order_to_shelf,
    a_camera,
    a_destruction,
    more_than_the_quota,
    a_form_sent_twice,
    another_got_there_first,
    no_business_of_theirs,
    another_ones_batch,
    a_recognition_that_expired,
    a_spent_quota,
    two_approvers_at_once,
    a_suspension,
    a_list,
    a_decision_about_many,
    a_report,
    a_producer,
    an_invitation,
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ocop", type=Path, default=TOP / "target" / "release" / "ocop")
    options = parser.parse_args()
    with open_house(options.ocop.resolve()) as house:
        for chapter in CHAPTERS:
            chapter(house)
            print(f"{chapter.__name__}: as it should be", flush=True)


if __name__ == "__main__":
    main()
