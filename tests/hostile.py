"""Answers that attack whoever judges them, by accident or on purpose: what comes back must be polite, and in time.

Each is the body of `neuron(weights, inputs, bias)`, exercise 02.3. `ANSWERS` is `{kind: (what may come back, body)}`:
a finding's name, several with `|` between them, "passed", or "" for any polite verdict.
"""
# ruff: noqa: E501 - a row of a table is one line

RIGHT = "return weights @ inputs + bias"
WRONG = "return weights @ inputs - bias"


def _then(*lines, last=RIGHT):
    return "\n".join([*lines, last])


ENDLESS = {
    "a sum without end": "return sum(range(10**11))",
    "a power without end": "return 7 ** (10**9)",
    "a pattern that goes back and back": "import re\nreturn re.match('(a+)+$', 'a' * 60 + 'b')",
    "a search without end": "return 'x' in iter(int, 1)",
    "a huge range sorted": "return sorted(range(10**9))",
    "a number as text": "import sys\nsys.set_int_max_str_digits(0)\nreturn len(str(7 ** 3_000_000))",
    "a list of everything": "return len(list(range(10**10)))",
    "a product of whole numbers": "import math\nreturn math.factorial(10**7)",
    "a comparison without end": "return max(iter(int, 1))",
    "a join without end": "return len(''.join(iter(str, 'x')))",
    "a deque that eats all": "import collections, itertools\nreturn len(collections.deque(itertools.count(), maxlen=0))",
    "asleep": "import time\ntime.sleep(1000)",
    "asleep in C": "import select\nselect.select([], [], [], 1000)",
    "waits for itself": "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()",
    "waits for a thread": "import threading, time\nt = threading.Thread(target=time.sleep, args=(1000,))\nt.start()\nt.join()",
    "waits for a queue": "import queue\nqueue.Queue().get()",
    "waits for a pipe": "import os\nr, w = os.pipe()\nos.read(r, 1)",
    "catches everything": "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass",
    "catches everything, finally": "def again():\n    try:\n        while True:\n            pass\n    finally:\n        again()\nagain()",
    "a loop that prints": "while True:\n    print('x' * 10_000)",
    "a loop that writes errors": "import sys\nwhile True:\n    sys.stderr.write('x' * 10_000)",
    "a loop that warns": "import warnings\nwhile True:\n    warnings.warn(str(object()))",
    "a product of large arrays": "a = np.ones((2000, 2000))\nwhile True:\n    a = a @ a / 2000",
    "all signals ignored": "import signal\nfor s in range(1, 65):\n    try:\n        signal.signal(s, signal.SIG_IGN)\n"
    "    except (OSError, ValueError):\n        pass\nwhile True:\n    pass",
    "all signals blocked": "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\nwhile True:\n    pass",
    "a generator without end": "def on():\n    while True:\n        yield 1\nreturn sum(on())",
    "a coroutine": "import asyncio\nasyncio.run(asyncio.sleep(1000))",
}  # fmt: skip

GONE = {
    "leaves": ("exits", "import os\nos._exit(0)"),
    "leaves with a status": ("exits", "import os\nos._exit(77)"),
    "sys.exit": ("exits", "import sys\nsys.exit('bye')"),
    "quit": ("exits", "quit()"),
    "SystemExit": ("exits", "raise SystemExit(3)"),
    "becomes another program": ("exits|crashes", "import os\nos.execv('/bin/true', ['true'])"),
    "reads where nothing is": ("crashes", "import ctypes\nctypes.string_at(0)"),
    "writes where nothing is": ("crashes", "import ctypes\nctypes.memset(0, 1, 1)"),
    "aborts": ("crashes", "import os\nos.abort()"),
    "kills itself": ("crashes", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"),
    "ends itself": ("crashes", "import os, signal\nsignal.pthread_sigmask(signal.SIG_UNBLOCK, {15})\nos.kill(os.getpid(), 15)\n"
                    "while True:\n    pass"),
    "kills its group": ("crashes", "import os, signal\nos.killpg(0, signal.SIGKILL)"),
    "kills its parent": ("", "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nwhile True:\n    pass"),
    "kills its parent by a file": ("", "import os, signal\nsignal.pidfd_send_signal(os.pidfd_open(os.getppid()), 9)\nwhile True:\n    pass"),
    "stops its parent": ("", "import os, signal\nos.kill(os.getppid(), signal.SIGSTOP)\nwhile True:\n    pass"),
    "stops itself": ("", "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)"),
    "code that is none": ("crashes", "f = lambda: 0\nf.__code__ = f.__code__.replace(co_code=b'\\xff' * 40, co_stacksize=1)\nreturn f()"),
    "recursion": ("raises-RecursionError", "def again(n):\n    return again(n + 1)\nreturn again(0)"),
    "recursion without its limit": ("", "import sys\nsys.setrecursionlimit(10**9)\ndef again(n):\n    return again(n + 1)\nreturn again(0)"),
    "recursion in C": ("", "import sys\nsys.setrecursionlimit(10**9)\nx = []\nfor _ in range(10**6):\n    x = [x]\nreturn repr(x)"),
    "a limit of one": ("", "import sys\nsys.setrecursionlimit(60)\nreturn weights @ inputs + bias"),
}  # fmt: skip

MEMORY = {
    "arrays for ever": ("endless|raises-MemoryError", "kept = []\nwhile True:\n    kept.append(np.ones(10**6))"),
    "one array for all": ("raises-MemoryError", "return np.ones(10**10)"),
    "text that doubles": ("endless|raises-MemoryError", "text = 'x'\nwhile True:\n    text += text"),
    "a list that doubles": ("endless|raises-MemoryError", "a = [0]\nwhile True:\n    a += a"),
    "bytes for ever": ("endless|raises-MemoryError", "kept = []\nwhile True:\n    kept.append(bytearray(10**7))"),
    "memory, and all caught": ("", "kept = []\nwhile True:\n    try:\n        kept.append(np.ones(10**6))\n    except MemoryError:\n        pass"),
    "a dictionary for ever": ("endless|raises-MemoryError", "d = {}\nwhile True:\n    d[len(d)] = bytes(100_000)"),
    "a huge result": ("wrong-shape|endless|unused-argument", "return np.zeros(1_000_000)"),
    "a result that is huge when written": ("", "return 10 ** 100_000"),
    "memory that is mapped": ("", "import mmap\nkept = []\nwhile True:\n    kept.append(mmap.mmap(-1, 10**8))"),
}  # fmt: skip

LEFT_BEHIND = {
    "a process": ("passed", _then("import subprocess", "subprocess.Popen(['sleep', '77.125'])")),
    "a process in a session of its own": (
        "passed", _then("import subprocess", "subprocess.Popen(['sleep', '77.125'], start_new_session=True)")),
    "a grandchild whose parent is gone": (
        "passed", _then("import subprocess", "subprocess.run(['sh', '-c', 'setsid sleep 77.125 & exit'])")),
    "a process, by C": ("passed", _then("import ctypes", "if ctypes.CDLL(None).fork() == 0:", "    import os", "    os.setsid()",
                                       "    os.execv('/bin/sleep', ['sleep', '77.125'])")),
    "a process, by what starts them": (
        "passed", _then("import multiprocessing.util as m", "m.spawnv_passfds(b'/bin/sleep', [b'sleep', b'77.125'], [])")),
    "a process, by another program": (
        "exits|crashes", "import os\nos.execv('/bin/sh', ['sh', '-c', 'setsid sleep 77.125 & exit'])"),
    "a copy of itself": ("", "import os, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(77)\n" + RIGHT),
    "copies without end": ("", "import os\nwhile True:\n    os.fork()"),
    "a thread": ("passed", _then("import threading, time", "if threading.active_count() < 5:",
                                 "    threading.Thread(target=time.sleep, args=(60,)).start()")),  # of the memory that a check may map
    "many threads": ("", _then("import threading, time", "for _ in range(300):", "    threading.Thread(target=time.sleep, args=(60,)).start()")),
    "a patch": ("passed", _then("import os", "os.getcwd = None")),
    "another folder": ("passed", _then("import os", "os.chdir('/')")),
    "something for the end": ("passed", _then("import atexit, time", "atexit.register(time.sleep, 1000)")),
    "a trace": ("", _then("import sys", "sys.settrace(lambda *_: 1 / 0)")),
    "a hook on everything": ("", _then("import sys", "sys.addaudithook(lambda *_: 1 / 0)")),
    "a finaliser": ("", _then("class Late:", "    def __del__(self):", "        while True:", "            pass", "Late()")),
    "all files closed": ("", _then("import os", "os.closerange(0, 5000)")),
    "nonsense in every pipe": (
        "", _then("import os", "for f in range(3, 200):", "    try:", "        os.write(f, b'nonsense\\n[1]\\n')", "    except OSError:",
                  "        pass")),
    "no modules": ("", _then("import sys", "sys.modules.clear()")),
    "no module path": ("passed", _then("import sys", "sys.path.clear()")),
    "warnings as errors": ("passed", _then("import warnings", "warnings.simplefilter('error')")),
    "errors of numbers raised": ("passed", _then("np.seterr(all='raise')")),
    "no collection": ("passed", _then("import gc", "gc.disable()", "gc.set_threshold(1)")),
}  # fmt: skip

ODD = {
    "an error that cannot be read": ("raises-E", "class E(Exception):\n    def __str__(self):\n        return 1 / 0\nraise E"),
    "an error that takes for ever to read": ("raises-E|endless", "class E(Exception):\n    def __str__(self):\n        while True:\n            pass\nraise E"),
    "an error that is no Exception": ("raises-E", "class E(BaseException):\n    pass\nraise E('x')"),
    "an error with a name that is none": ("raises-ValueError", "raise type('<b>' * 9, (ValueError,), {})('x')"),
    "a group of errors": ("raises-ExceptionGroup", "raise ExceptionGroup('many', [ValueError(str(k)) for k in range(999)])"),
    "an error as long as a book": ("raises-ValueError", "raise ValueError('x' * 10**6)"),
    "an error with half a letter": ("raises-ValueError", "raise ValueError('\\ud800 \\x00 \\x1b[2J \\u202e')"),
    "the end of a generator": ("raises-StopIteration", "raise StopIteration"),
    "interrupts itself": ("raises-KeyboardInterrupt", "raise KeyboardInterrupt"),
    "a number that takes for ever": ("", "class N(float):\n    def __float__(self):\n        while True:\n            pass\nreturn N(1)"),
    "a number that is equal to all": (
        "wrong-value|wrong-type|bias-subtracted", "class N(float):\n    def __eq__(self, other):\n        return True\n"
        "    __hash__ = None\nreturn N(weights @ inputs - bias)"),
    "an array that is equal to all": (
        "", "class A(np.ndarray):\n    def __array_function__(self, *_):\n        return True\n"
        "    def __array_ufunc__(self, *_, **__):\n        return True\nreturn np.asarray(weights @ inputs - bias).view(A)"),
    "an object that answers everything": ("wrong-type", "class O:\n    def __getattr__(self, name):\n        return self\n"
                                          "    def __call__(self, *_, **__):\n        return self\nreturn O()"),
    "an object that is whatever is asked": ("", "class O:\n    @property\n    def __class__(self):\n        while True:\n            pass\nreturn O()"),
    "an object without a length": ("", "class L(list):\n    def __len__(self):\n        raise RuntimeError\nreturn L([1])"),
    "a list in itself": ("", "a = []\na.append(a)\nreturn a"),
    "text with orders": ("wrong-type", "return '<script>alert(1)</script>\\x1b[2J'"),
    "a coroutine function": ("", "async def f():\n    return 1\nreturn f()"),
    "says that it passed": ("", "class V:\n    outcome = 'PASSED'\n    finding = None\n    printed = ''\nreturn V()"),
    "reads what is expected": (
        "", "import sys\nframe = sys._getframe()\nwhile frame:\n    for value in frame.f_locals.values():\n"
        "        repr(type(value))\n    frame = frame.f_back\nreturn 0"),
    "changes what it was given": ("changes-its-arguments", _then("weights += 1")),
    "asks somebody": ("raises-RuntimeError", "return float(input('z? '))"),
    "asks for a password": ("", "import getpass\nreturn getpass.getpass()"),
}  # fmt: skip

REPLACED = {
    "isinstance": ("bias-subtracted", _then("import builtins", "builtins.isinstance = lambda *_: True", last=WRONG)),
    "isinstance without end": (
        "bias-subtracted", _then("import builtins", "def on(*_):", "    while True:", "        pass", "builtins.isinstance = on",
                                 last=WRONG)),
    "len, all, any, type": (
        "bias-subtracted", _then("import builtins", "builtins.len = builtins.all = builtins.any = lambda *_: 1", last=WRONG)),
    "np.allclose": ("bias-subtracted", _then("np.allclose = lambda *_, **__: True", last=WRONG)),
    "np.allclose without end": (
        "bias-subtracted", _then("def on(*_, **__):", "    while True:", "        pass", "np.allclose = on", last=WRONG)),
    "np.asarray": ("bias-subtracted", _then("np.asarray = lambda *_, **__: np.zeros(1)", last=WRONG)),
    "everything of numpy": (
        "bias-subtracted", _then("z = weights @ inputs - bias", "for name in list(vars(np)):", "    if not name.startswith('_'):",
                                 "        setattr(np, name, lambda *_, **__: True)", last="return z")),
    "the comparing": (
        "bias-subtracted", _then("import sys", "for name, module in list(sys.modules.items()):",
                                 "    if name.startswith('lessons.checks'):", "        module.compare = module.close = lambda *_, **__: None",
                                 last=WRONG)),
    "the verdict": (
        "bias-subtracted", _then("import sys", "for name, module in list(sys.modules.items()):",
                                 "    if name.startswith('lessons.checks') and hasattr(module, 'Exercise'):",
                                 "        module.Exercise.judge = module.Exercise._judge = lambda *_, **__: module.Verdict('PASSED')",
                                 last=WRONG)),
    "the clock": ("endless", "import time\ntime.monotonic = lambda: 0.0\nwhile True:\n    pass"),
    "copy.deepcopy": ("bias-subtracted", _then("import copy", "copy.deepcopy = lambda x, *_: x", last=WRONG)),
    "json.dumps": ("bias-subtracted", _then("import json", "json.dumps = lambda *_, **__: '[\"PASSED\", null, \"\"]'", last=WRONG)),
    "the limit": ("endless", "import sys\nfor name, module in list(sys.modules.items()):\n    if name.startswith('lessons.checks'):\n"
                  "        module.LIMIT = module.PATIENCE = 10**9\nwhile True:\n    pass"),
}  # fmt: skip

ANSWERS = {f"endless: {kind}": ("endless|raises-MemoryError", body) for kind, body in ENDLESS.items()}
for _group, _table in (("gone", GONE), ("memory", MEMORY), ("left behind", LEFT_BEHIND), ("odd", ODD), ("replaced", REPLACED)):
    ANSWERS |= {f"{_group}: {kind}": told for kind, told in _table.items()}
