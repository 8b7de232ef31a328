#!/usr/bin/env python3
"""Whole builds, one after the other in turn, beside Hugo's.

    run.py MINUTEBOOK WORK [--meetings 1000] [--runs 3] [--hugo HUGO]

MINUTEBOOK: the program, built for release. WORK: a folder, best on a disk in
memory. Prints user and system time, wall time, the largest memory, files and
megabytes, as medians, and the first column as a ratio to Hugo's. Python's own
library only.
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
# What Hugo's site has: meetings, bodies, issues, people, lists, home, site map.
SAME = "\n[output]\n" + "".join(
    f"{switch} = false\n" for switch in
    ("item_pages", "search", "data", "feeds", "csv", "popolo", "calendar", "checksums", "json_ld", "citations",
     "registers"))


def once(command, folder):
    start = time.monotonic()
    child = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    if status:
        sys.exit(f"{' '.join(command)} failed in {folder}")
    return used.ru_utime + used.ru_stime, time.monotonic() - start, used.ru_maxrss / 1024


def clear(folder):
    for name in ("public", ".minutebook", "resources"):
        shutil.rmtree(os.path.join(folder, name), ignore_errors=True)


def size(folder):
    files = [os.path.join(at, name) for at, _, names in os.walk(os.path.join(folder, "public")) for name in names]
    return len(files), sum(map(os.path.getsize, files)) / 1e6


def first_meeting(folder):
    files = sorted(os.path.join(at, name) for at, _, names in os.walk(f"{folder}/content/meetings") for name in names)
    return files[len(files) // 2]


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("program")
    ask.add_argument("work")
    ask.add_argument("--meetings", type=int, default=1000)
    ask.add_argument("--runs", type=int, default=3)
    ask.add_argument("--hugo")
    o = ask.parse_args()
    program = os.path.abspath(o.program)
    made = os.path.join(o.work, str(o.meetings))
    if not os.path.isdir(made):
        subprocess.run([sys.executable, f"{HERE}/council.py", str(o.meetings), made], check=True)
    for name, settings in (("same", SAME), ("whole", "\n[output]\nsearch = false\n")):
        site = os.path.join(made, name)
        if not os.path.isdir(site):
            shutil.copytree(f"{made}/minutebook", site)
            with open(f"{site}/site.toml", "a", encoding="utf-8") as file:
                file.write(settings)
    build = [program, "build", "--quiet"]
    rows = {}

    def note(name, folder, command):
        rows.setdefault(name, []).append(once(command, folder) + size(folder))

    for _ in range(o.runs):
        if o.hugo:
            clear(f"{made}/hugo")
            note("Hugo", f"{made}/hugo", [o.hugo, "--quiet"])
        for name, words in (("same", "the same pages"), ("whole", "everything but search")):
            site = f"{made}/{name}"
            clear(site)
            note(words, site, build)
            note(f"{words}, unchanged", site, build)
            meeting = first_meeting(site)
            with open(meeting, encoding="utf-8") as file:
                before = file.read()
            with open(meeting, "w", encoding="utf-8") as file:
                at = before.index("### Minutes\n\n") + len("### Minutes\n\n")
                file.write(before[:at] + "Amended: " + before[at:])
            note(f"{words}, one word", site, build)
            with open(meeting, "w", encoding="utf-8") as file:
                file.write(before)
    middle = {name: [statistics.median(column) for column in zip(*runs)] for name, runs in rows.items()}
    base = middle.get("Hugo", [None])[0]
    print(f"{o.meetings} meetings, {o.runs} runs in turn, medians")
    print(f"{'':34} {'CPU s':>8} {'of Hugo':>8} {'wall s':>8} {'MiB':>7} {'files':>8} {'MB':>7}")
    for name, (cpu, wall, memory, files, megabytes) in middle.items():
        share = f"{cpu / base:8.2f}" if base else f"{'':8}"
        print(f"{name:34} {cpu:8.2f} {share} {wall:8.2f} {memory:7.0f} {files:8.0f} {megabytes:7.0f}")


if __name__ == "__main__":
    main()
