"""A class at a glance, from the small files that learners export with `status(export=True)`.

    python3 course.py class FOLDER                       a table here; class-report.html, .png and .csv beside it
    python3 course.py class FOLDER --lessons "00, 02-05" only these lessons
    python3 course.py class FOLDER --schedule half-day   only the lessons of that schedule
    python3 course.py class FOLDER --name week2          week2.html, week2.png, week2.csv

The page is for the projector and for print: it shows names in every script. The picture is for a chat. The CSV has one
row a learner, for a grade book. Each export is read as data, checked against what an export holds, and never executed;
a file that is anything else is named with the reason and left out. Where one name occurs several times, the latest
export counts.
"""

import argparse
import sys
from pathlib import Path

from lessons.class_report.files import page, picture, sheet
from lessons.class_report.reading import Learner, NotAnExport, chosen, read_folder
from lessons.class_report.telling import hardest, report, table

__all__ = ["Learner", "NotAnExport", "chosen", "hardest", "main", "picture", "read_folder", "report", "table"]


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="course.py class", description="The class at a glance.")
    parser.add_argument("folder", type=Path, help="the folder with the exported files, searched to the bottom")
    parser.add_argument("--name", type=Path, default=Path("class-report"), help="what the three files are called")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--lessons", default="", help='only these lessons, as "00, 02-05, 09"')
    which.add_argument("--schedule", default="", help="only the lessons of a schedule: half-day, full-day, two-days")
    want = parser.parse_args(arguments)
    if not want.folder.is_dir():
        print(f"course.py class: there is no folder {want.folder}.\nGive the folder that holds the files your learners"
              " exported with status(export=True).", file=sys.stderr)  # fmt: skip
        return 1
    try:
        course = chosen(want.lessons, want.schedule)
    except ValueError as error:
        print(f"course.py class: {error}", file=sys.stderr)
        return 1
    learners, left_out = read_folder(want.folder)
    print(report(learners, left_out, course))
    if not learners:
        return 1
    for ending, write in ((".html", page), (".png", picture), (".csv", sheet)):
        target = want.name.with_name(want.name.name + ending)
        try:
            write(target, learners, left_out, course)
        except (OSError, ValueError) as error:
            print(f"course.py class: {target} could not be written ({error}).\n"
                  "Give another place with --name.", file=sys.stderr)  # fmt: skip
            return 1
        print(f"Written: {target}")
    return 0
