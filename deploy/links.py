"""The links that start the course: the site's, Binder's, its badge, and a hub's, for the repository of your copy.

    python deploy/links.py                                   the repository that `git remote` names
    python deploy/links.py https://github.com/OWNER/NAME     another one
    python deploy/links.py --lesson 05 --hub https://hub.example.org
    python deploy/links.py --readme                          puts the badge and what else is true then into README.md

Addresses in git's own spelling (git@host:owner/name.git) will do.
"""

import argparse
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[1]
BEGIN, END = "<!-- begin badge -->", "<!-- end badge -->"
BINDER = "https://mybinder.org"


def repository(address=None):
    """The web address of a repository: the one given, or that of `git remote get-url origin`; SystemExit for others."""
    if address is None:
        asked = subprocess.run(["git", "remote", "get-url", "origin"], cwd=ROOT, capture_output=True, text=True)
        address = asked.stdout.strip()
        if not address:
            sys.exit("git knows no remote called origin: name the repository, such as https://github.com/OWNER/NAME")
    address = re.sub(r"^(?:ssh://)?git@([^:/]+)[:/]", r"https://\1/", address).rstrip("/").removesuffix(".git")
    if not re.fullmatch(r"https?://[\w.-]+(?::\d+)?(?:/[\w.~-]+)+", address):
        sys.exit(f"a link needs an address on the web, such as https://github.com/OWNER/NAME; got {address!r}")
    return address


def page(lesson):
    """The path of a lesson's notebook; SystemExit if there is none."""
    found = sorted((ROOT / "lessons").glob(f"{lesson}_*.ipynb"))
    if not found:
        sys.exit(f"there is no lesson {lesson!r}: they are 00 to 15")
    return f"lessons/{found[0].name}"


def binder(address, lesson="00", branch="main"):
    """Binder's link to a lesson."""
    host, _, path = address.partition("://")[2].partition("/")
    where = f"gh/{path}" if host == "github.com" and path.count("/") == 1 else f"git/{quote(address, safe='')}"
    return f"{BINDER}/v2/{where}/{branch}?urlpath=lab/tree/{page(lesson)}"


def badge(address):
    """The badge that opens lesson 00 on Binder, as Markdown."""
    return f"[![Launch the course on Binder]({BINDER}/badge_logo.svg)]({binder(address)})"


def site(address):
    """The address of the site that `.github/workflows/site.yml` publishes, for a repository on GitHub; else None."""
    found = re.fullmatch(r"https://github\.com/([^/]+)/([^/]+)", address)
    if not found:
        return None
    owner, name = found[1].lower(), found[2]
    return f"https://{owner}.github.io/" + ("" if name.lower() == f"{owner}.github.io" else f"{name}/")


def first_lines(address):
    """What the README begins with: the badge, the site, and the command that needs no clone."""
    ways = [badge(address)]
    if site(address):
        ways.append(f"**[See a network learn, and read the lessons]({site(address)})**")
    return " · ".join([*ways, f"`uvx --from git+{address} nnlib-course`"])


def hub(server, address, lesson="00", branch="main"):
    """nbgitpuller's link on a hub: it brings the files, never writes over a learner's, and opens a lesson."""
    opened = quote(f"lab/tree/{address.rpartition('/')[2]}/{page(lesson)}", safe="")
    repo = quote(address, safe="")
    return f"{server.rstrip('/')}/hub/user-redirect/git-pull?repo={repo}&branch={branch}&urlpath={opened}"


def with_badge(text, address):
    """The README's `text` with the badge of `address` between its two marks."""
    inside = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.S)
    if not inside.search(text):
        sys.exit(f"README.md has no {BEGIN} … {END} to put the badge in")
    return inside.sub(lambda _: f"{BEGIN}\n{first_lines(address)}\n{END}", text)


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("repository", nargs="?", help="its web address; without it, that of git's remote origin")
    ask.add_argument("--lesson", default="00")
    ask.add_argument("--branch", default="main")
    ask.add_argument("--hub", help="the address of your hub")
    ask.add_argument("--readme", action="store_true", help="put the badge into README.md")
    want = ask.parse_args()
    address = repository(want.repository)
    print(f"Binder:  {binder(address, want.lesson, want.branch)}")
    print(f"badge:   {badge(address)}")
    if site(address):
        print(f"site:    {site(address)}")
    if want.hub:
        print(f"hub:     {hub(want.hub, address, want.lesson, want.branch)}")
    if want.readme:
        readme = ROOT / "README.md"
        readme.write_text(with_badge(readme.read_text(encoding="utf-8"), address), encoding="utf-8")
        print("README.md has the badge, the site and the command.")


if __name__ == "__main__":
    main()
