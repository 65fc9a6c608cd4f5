"""Made-up articles: paragraphs of NTREX in three languages put together anew, each with a number, a publisher and a day of its own."""

import glob
import random

PUBLISHERS = {"ar": "الميناء", "en": "Harbour Post", "ru": "Гавань"}
NUMBERED = {"ar": "العدد", "en": "Number", "ru": "Номер"}


def articles(data, count):
    drawn = random.Random(1)
    lines = {lang: [line.strip() for path in sorted(glob.glob(f"{data}/ntrex/*/{lang}.txt"))
                    for line in open(path, encoding="utf-8") if len(line) > 60] for lang in PUBLISHERS}
    for number in range(count):
        lang = ("ar", "en", "ru")[number % 3]
        body = "\n\n".join(drawn.choice(lines[lang]) for _ in range(4))
        day = f"20{20 + number % 6}-{1 + number % 12:02}-{1 + number % 28:02}"
        yield {"text": f"{NUMBERED[lang]} {number}.\n\n{body}", "title": f"{NUMBERED[lang]} {number}",
               "url": f"https://example.org/{number}", "publisher": f"{PUBLISHERS[lang]} {number % 40}", "date": day}
