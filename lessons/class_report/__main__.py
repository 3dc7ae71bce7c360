"""`python -m lessons.class_report FOLDER`: what `course.py class` runs."""

import sys

from lessons.class_report import main

sys.exit(main())
