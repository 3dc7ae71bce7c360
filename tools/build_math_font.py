"""Make instructor/fonts/course-math.woff2: `python tools/build_math_font.py STIXMath-Regular.otf OUT.woff2`.

Needs fonttools and brotli (`pip install fonttools brotli`), which the course does not. See instructor/fonts/README.md.
"""

import sys

from fontTools import subset
from fontTools.ttLib import TTFont

KEPT = (
    (0x20, 0x7E), (0xA0, 0xFF), (0x370, 0x3FF), (0x2000, 0x209F), (0x210E, 0x210E), (0x2190, 0x21FF), (0x2200, 0x22FF),
    (0x2308, 0x230B), (0x27E8, 0x27E9), (0x1D400, 0x1D467), (0x1D6FC, 0x1D71B),
)  # fmt: skip
NAMES = {1: "Course Math", 4: "Course Math Regular", 6: "CourseMath-Regular"}


def main(source, out):
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options(layout_features=["*"], drop_tables=["FFTM"], name_IDs=[0, 1, 2, 4, 6, 13, 14])
    maker = subset.Subsetter(options)
    maker.populate(unicodes=[code for first, last in KEPT for code in range(first, last + 1)])
    maker.subset(font)
    for record in font["name"].names:
        record.string = NAMES.get(record.nameID, record.string)
    top = font["CFF "].cff
    top.fontNames = [NAMES[6]]
    top.topDictIndex[0].FamilyName, top.topDictIndex[0].FullName = NAMES[1], NAMES[4]
    font.flavor = "woff2"
    font.save(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
