#!/usr/bin/env python3
"""Make the replays: recorded runs as HTML files that play without Python, and moving pictures of them (WebP or GIF).

    python tools/replays.py                              # all of them, to build/replays/
    python tools/replays.py xor --to docs/pictures       # one
    python tools/replays.py spiral --picture gif         # its picture as a GIF
    python tools/replays.py --file run.html              # a picture of any replay
    python tools/replays.py --readme                     # that of the README: one point through one update, and back

Which there are, and how each is made, is said in nnlib_course/replays.py. For the picture Chromium opens the file and
steps through it, one frame an update; Pillow, which matplotlib brings, puts the frames together. See widgets/README.md.
"""

import argparse
import io
import shutil
import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
from nnlib_course import replays  # noqa: E402
from nnlib_course.replays import bench, trained  # noqa: E402

RUNS = replays.names()

WIDTH, SMALL = 1120, 800  # pixels: of the page, and of the picture
PACE, LAST = 120, 1500  # ms that a frame is shown, and the last one
FRAMES = 60  # at most, of one picture
READ, FLOW = 700, (150, 300, 300, 250)  # ms: a moment stands so long after its flow, which is caught after so many each
LARGEST = 3_000_000  # bytes of the README's picture


def moving(html, picture, theme="light"):
    """Step through the replay `html` and write its moving picture; returns the number of frames."""
    from browser import CHROMIUM
    from playwright.sync_api import sync_playwright

    frames = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        page = browser.new_page(viewport={"width": WIDTH, "height": 700}, color_scheme=theme, reduced_motion="reduce")
        page.goto(Path(html).resolve().as_uri())
        explorer = page.locator(".nn-explorer[data-frame]")
        explorer.wait_for()
        count = int(page.locator("nav output").inner_text().split(" of ")[1].split(",")[0])
        slider = page.get_by_role("slider", name="Recorded update")
        every = -(-count // FRAMES)
        for at in [*range(0, count - 1, every), count - 1]:
            slider.fill(str(at))
            page.wait_for_timeout(60)
            whole = Image.open(io.BytesIO(explorer.screenshot())).convert("RGB")
            frames.append(whole.resize((SMALL, round(whole.height * SMALL / whole.width)), Image.Resampling.LANCZOS))
        browser.close()
    return together(frames, [PACE] * (len(frames) - 1) + [LAST], picture)


def together(frames, times, picture):
    """One moving picture of `frames`, each shown for so many of `times` (ms); returns how many there are."""
    how = {"quality": 70, "method": 4} if Path(picture).suffix == ".webp" else {"optimize": True}
    frames[0].save(picture, save_all=True, append_images=frames[1:], duration=times, loop=0, **how)
    return len(frames)


def one_update(html, picture, theme):
    """Send one point through the first update of the replay `html` and back, with what flows on the way.

    The page's clock is set by hand, so that a slow computer makes the same picture.
    """
    from browser import CHROMIUM
    from playwright.sync_api import sync_playwright

    frames, times = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        page = browser.new_page(viewport={"width": WIDTH, "height": 700}, color_scheme=theme)
        page.clock.install(time=0)
        page.goto(Path(html).resolve().as_uri())
        explorer = page.locator(".nn-explorer[data-frame]")
        explorer.wait_for()
        page.clock.pause_at(600_000)
        step = page.get_by_role("button", name="Step", exact=True)

        def catch(lasts):
            whole = Image.open(io.BytesIO(explorer.screenshot())).convert("RGB")
            frames.append(whole.resize((SMALL, round(whole.height * SMALL / whole.width)), Image.Resampling.LANCZOS))
            times.append(lasts)

        page.keyboard.press("Home")
        page.clock.run_for(1500)
        moments = page.locator(".nn-dot").count()
        page.locator(".nn-dot").first.click()
        for number in range(moments):
            if number:
                step.click()
            for wait in FLOW:
                page.clock.run_for(wait)
                catch(wait)
            times[-1] = READ if number + 1 < moments else LAST
        browser.close()
    return together(frames, times, picture)


def readme():
    """`docs/pictures/flow.webp` and `flow_dark.webp`, for the first screen of the README."""
    from my_dense import MyDense

    file = ROOT / "build" / "replays" / "flow.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    run = trained(bench(dense=MyDense, hidden=[3], learning_rate=1.0, seed=1), 60)
    run.save_replay(file, updates=1, panes=("Code",))
    for theme, name in (("light", "flow.webp"), ("dark", "flow_dark.webp")):
        picture = ROOT / "docs" / "pictures" / name
        count = one_update(file, picture, theme)
        print(f"{picture.relative_to(ROOT)}: {count} frames, {picture.stat().st_size:,} bytes")
        if picture.stat().st_size > LARGEST:
            raise SystemExit(f"more than {LARGEST:,} bytes: show fewer frames, or smaller ones")


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("names", nargs="*", help=f"some of {', '.join(RUNS)}; without names, all")
    ask.add_argument("--to", type=Path, default=ROOT / "build" / "replays", help="the folder")
    ask.add_argument("--picture", choices=("webp", "gif", "none"), default="webp")
    ask.add_argument("--file", type=Path, action="append", default=[], help="a replay that is there, for its picture")
    ask.add_argument("--readme", action="store_true", help="the README's two pictures, light and dark, and no others")
    ask.add_argument("--theme", choices=("light", "dark"), default="light")
    want = ask.parse_args()
    if want.readme:
        return readme()
    if unknown := set(want.names) - set(RUNS):
        ask.error(f"no replay is called {', '.join(sorted(unknown))}; there are {', '.join(RUNS)}")
    want.to.mkdir(parents=True, exist_ok=True)
    files = list(want.file)
    for name in want.names or ([] if files else RUNS):
        files.append(want.to / f"{name}.html")
        print(f"{files[-1]}: {replays.save(name, files[-1]):,} bytes")
    for file in files if want.picture != "none" else ():
        picture = want.to / f"{file.stem}.{want.picture}"
        count = moving(file, picture, want.theme)
        print(f"{picture}: {count} frames, {picture.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
