"""A learner's own lines: which small change of them would put all right?

`mends` yields every small change of the source of a function or a class; whoever asks runs each of them, and says one
only if everything comes out right with it. `mended` does so for functions, which `Anew` makes anew with all that calls
them.
"""

from nnlib.lines.anew import Anew, functions_of, is_own, methods_of
from nnlib.lines.mends import FAR, MENDED, NTH, SURE, Mend, bracketings, mends
from nnlib.lines.search import mended
from nnlib.lines.syntax import COMPARED, COMPARISONS, MANY, OPERATORS, SIGNS, changed, quoted, replacing
