"""`python -m nnlib_course`: what `nnlib-course` does, and what course.py hands over to."""

import sys

from nnlib_course.command import main

sys.exit(main())
