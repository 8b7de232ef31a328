#!/usr/bin/env python3
"""A council of so many meetings, as a site of ours and as one of Hugo's.

    council.py MEETINGS FOLDER

The same number gives the same bytes. A meeting has ten present, two
apologies and eight items; an item has an issue, two papers, up to three
decisions and some 350 words that name two people. Python's own library only.
"""
import datetime
import os
import random
import sys

BODIES = ["Planning", "Finance", "Highways", "Housing", "Licensing", "Audit", "Environment", "Schools",
          "Health", "Council", "Cabinet", "Scrutiny", "Pensions", "Harbour", "Museums", "Safety",
          "Parks", "Staffing", "Standards", "Trade"]
STARTS = ["b", "br", "c", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v", "w"]
VOWELS = ["a", "e", "i", "o", "u", "ee", "oa", "ai"]
ENDS = ["", "n", "r", "l", "s", "t", "nd", "rk", "ll", "st"]
COMMON = """the of and to in that a is for be on was it with as by at from which or an are not have were will
council committee members report noted agreed approved budget plan policy service area road housing officer chair
funding works local community project year meeting minutes scheme site traffic contract cost school park flood
bridge river library market""".split()


class Words:
    """Words as a language has them: few that are common, many that are rare."""

    def __init__(self, dice):
        self.dice = dice
        made = set()
        while len(made) < 12_000:
            made.add("".join(self.one(p) for _ in range(2) for p in (STARTS, VOWELS, ENDS)))
        self.all = COMMON + sorted(made - set(COMMON), key=lambda w: (len(w), w))

    def one(self, choices):
        return choices[int(self.dice.random() * len(choices))]

    def word(self):
        return self.all[int(len(self.all) ** self.dice.random()) - 1]

    def words(self, least, most):
        return [self.word() for _ in range(least + int(self.dice.random() * (most - least + 1)))]

    def sentence(self):
        text = " ".join(self.words(9, 21))
        return text[0].upper() + text[1:] + "."

    def title(self):
        return " ".join(self.words(3, 6)).capitalize()

    def some(self, choices, count):
        start = int(self.dice.random() * len(choices))
        return [choices[(start + 7 * n) % len(choices)] for n in range(count)]


def slug(text):
    return "-".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


def put(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


def council(meetings):
    dice = random.Random(20261122)
    words = Words(dice)
    people = []
    while len(people) < meetings // 20 + 50:
        name = f"{words.one(words.all[60:]).capitalize()} {words.one(words.all[60:]).capitalize()}"
        if slug(name) not in map(slug, people):
            people.append(name)
    issues = [f"{words.title()} {n + 1}" for n in range(max(meetings // 5, 1))]
    first = datetime.date(2016, 1, 4)
    for n in range(meetings):
        day = first + datetime.timedelta(days=n // len(BODIES) * 7 if meetings < 10_000 else n // len(BODIES))
        here = words.some(people, 12)
        items = []
        for number in range(1, 9):
            named = words.some(people, 2)
            paragraphs = []
            for at in range(4):
                text = [words.sentence() for _ in range(6)]
                if at < 2:
                    text.insert(1, f"{named[at]} said that {words.sentence().lower()}")
                paragraphs.append(" ".join(text))
            items.append({
                "number": number,
                "title": words.title(),
                "issue": words.one(issues),
                "papers": [f"https://papers.example.org/{day}/{n}-{number}-{p}.pdf" for p in (1, 2)],
                "minutes": paragraphs,
                "decisions": [words.sentence() for _ in range(int(dice.random() * 4))],
            })
        yield {"body": BODIES[n % len(BODIES)], "date": day, "present": here[:10], "apologies": here[10:],
               "items": items, "people": people, "issues": issues}


def ours(meeting):
    names = lambda list: ", ".join(list)
    out = [f"---\nattendance:\n  present: [{names(meeting['present'])}]\n  apologies: [{names(meeting['apologies'])}]\n---\n"]
    for item in meeting["items"]:
        out.append(f"\n## {item['number']}. {item['title']}\n\n- Issue: {item['issue']}\n")
        out += [f"- Report: [Paper {n}]({href})\n" for n, href in enumerate(item["papers"], 1)]
        out.append("\n### Minutes\n\n" + "\n\n".join(item["minutes"]) + "\n")
        if item["decisions"]:
            out.append("\n### Decision\n\n" + "\n".join(f"1. {d}" for d in item["decisions"]) + "\n")
    return "".join(out)


def hugos(meeting):
    list_of = lambda list: "[" + ", ".join(f'"{x}"' for x in list) + "]"
    issues = sorted({item["issue"] for item in meeting["items"]})
    people = meeting["present"] + meeting["apologies"]
    out = [f"---\ntitle: \"{meeting['body']}, {meeting['date']}\"\ndate: {meeting['date']}\n"
           f"bodies: {list_of([meeting['body']])}\nissues: {list_of(issues)}\npeople: {list_of(people)}\n"
           f"present: {list_of(meeting['present'])}\napologies: {list_of(meeting['apologies'])}\n---\n"]
    for item in meeting["items"]:
        out.append(f"\n## {item['number']}. {item['title']} {{#item-{item['number']}}}\n\n"
                   f"Issue: [{item['issue']}](/issues/{slug(item['issue'])}/)\n\n")
        out += [f"- [Paper {n}]({href})\n" for n, href in enumerate(item["papers"], 1)]
        out.append("\n### Minutes\n\n" + "\n\n".join(item["minutes"]) + "\n")
        if item["decisions"]:
            out.append("\n### Decision\n\n" + "\n".join(f"1. {d}" for d in item["decisions"]) + "\n")
    return "".join(out)


HUGO = {
    "hugo.toml": """baseURL = "https://minutes.example.org/"
title = "Minutes"
disableKinds = ["RSS"]
[taxonomies]
body = "bodies"
issue = "issues"
person = "people"
""",
    "layouts/_default/baseof.html": """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }} – {{ site.Title }}</title>
<meta name="viewport" content="width=device-width"><link rel="canonical" href="{{ .Permalink }}"></head>
<body><nav><a href="/">Home</a> <a href="/meetings/">Meetings</a> <a href="/bodies/">Bodies</a>
<a href="/issues/">Issues</a> <a href="/people/">People</a></nav>
<main><h1>{{ .Title }}</h1>{{ block "main" . }}{{ end }}</main></body></html>
""",
    "layouts/_default/single.html": """{{ define "main" }}
<dl><dt>Body</dt><dd>{{ range .GetTerms "bodies" }}<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>{{ end }}</dd>
<dt>Date</dt><dd>{{ .Date.Format "2 January 2006" }}</dd>
<dt>Present</dt><dd>{{ range .Params.present }}<a href="/people/{{ urlize . }}/">{{ . }}</a> {{ end }}</dd>
<dt>Apologies</dt><dd>{{ range .Params.apologies }}<a href="/people/{{ urlize . }}/">{{ . }}</a> {{ end }}</dd></dl>
{{ .TableOfContents }}{{ .Content }}
{{ with .PrevInSection }}<a rel="next" href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>{{ end }}
{{ with .NextInSection }}<a rel="prev" href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>{{ end }}
{{ end }}
""",
    "layouts/_default/list.html": """{{ define "main" }}<ul>
{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a> {{ .Date.Format "2 January 2006" }}</li>
{{ end }}</ul>{{ end }}
""",
    "layouts/_default/terms.html": """{{ define "main" }}<ul>
{{ range .Data.Terms.Alphabetical }}<li><a href="{{ .Page.RelPermalink }}">{{ .Page.LinkTitle }}</a> {{ .Count }}</li>
{{ end }}</ul>{{ end }}
""",
    "layouts/index.html": """{{ define "main" }}<ul>
{{ range first 10 site.RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>
{{ end }}</ul>{{ end }}
""",
}


def main():
    count, folder = int(sys.argv[1]), sys.argv[2]
    put(f"{folder}/minutebook/site.toml", 'title = "Minutes"\nbase_url = "https://minutes.example.org/"\n')
    for path, text in HUGO.items():
        put(f"{folder}/hugo/{path}", text)
    for n, meeting in enumerate(council(count)):
        if n == 0:
            for body in BODIES:
                put(f"{folder}/minutebook/content/bodies/{slug(body)}.md", f"---\nname: {body}\n---\n")
            for person in meeting["people"]:
                put(f"{folder}/minutebook/content/people/{slug(person)}.md", f"---\nname: {person}\n---\n")
            for issue in meeting["issues"]:
                put(f"{folder}/minutebook/content/issues/{slug(issue)}.md", f"---\ntitle: {issue}\n---\n")
        body, day = slug(meeting["body"]), meeting["date"]
        put(f"{folder}/minutebook/content/meetings/{body}/{day}.md", ours(meeting))
        put(f"{folder}/hugo/content/meetings/{body}-{day}.md", hugos(meeting))


if __name__ == "__main__":
    main()
