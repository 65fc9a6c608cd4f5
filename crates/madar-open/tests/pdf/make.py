#!/usr/bin/env python3
"""Makes Arabic PDF files of many producers from the texts beside this script: make.py OUT.

What is installed is used, what is not is named and left out. Debian: chromium libreoffice-writer-nogui texlive-xetex
texlive-luatex texlive-lang-arabic wkhtmltopdf fop ghostscript gir1.2-pango-1.0 python3-gi-cairo fonts-noto-core
fonts-hosny-amiri fonts-sil-scheherazade. PyPI: weasyprint typst fpdf2 uharfbuzz reportlab arabic-reshaper python-bidi.
"""

import html
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
NASKH = "/usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf"
SANS = "/usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf"
LATIN = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
AMIRI = "/usr/share/fonts/opentype/fonts-hosny-amiri/Amiri-Regular.ttf"


def blocks(name):
    for nth, block in enumerate((HERE / f"{name}.txt").read_text().strip().split("\n\n")):
        lines = block.split("\n")
        if lines[0].startswith("|"):
            yield "table", [[c.strip() for c in line.strip("| ").split("|")] for line in lines]
        elif lines[0].startswith("•"):
            yield "list", [line[2:] for line in lines]
        elif nth == 0:
            yield "title", block
        elif len(block) < 40 and "-" not in block:
            yield "heading", block
        else:
            yield "paragraph", block


def page(name, font, columns=1, size=14):
    out = [
        f"<!DOCTYPE html><html lang=ar dir=rtl><meta charset=utf-8><title>{name}</title><style>"
        f"@page {{ size: A4; margin: 20mm }} body {{ font: {size}px '{font}', 'DejaVu Sans'; line-height: 1.6 }}"
        f".body {{ columns: {columns}; column-gap: 10mm; text-align: {'justify' if columns > 1 else 'start'} }}"
        "table { border-collapse: collapse } td { border: 1px solid; padding: 4px 10px }</style>"
    ]
    for nth, (kind, told) in enumerate(blocks(name)):
        if nth == 1:
            out.append("<div class=body>")
        if kind == "table":
            rows = ("".join(f"<td>{html.escape(c)}</td>" for c in row) for row in told)
            out.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
        elif kind == "list":
            out.append("<ul>" + "".join(f"<li>{html.escape(item)}</li>" for item in told) + "</ul>")
        else:
            tag = {"title": "h1", "heading": "h2", "paragraph": "p"}[kind]
            out.append(f"<{tag}>{html.escape(told)}</{tag}>")
    return "".join(out) + "</div></html>"


def run(*command, **more):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=240, **more)


def chrome(out, name, font="Noto Naskh Arabic", columns=1):
    source = out.with_suffix(".html")
    source.write_text(page(name, font, columns))
    run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={out}", str(source))


def weasyprint(out, name, font="Scheherazade", columns=1):
    import weasyprint
    weasyprint.HTML(string=page(name, font, columns)).write_pdf(out)


def wkhtmltopdf(out, name):
    source = out.with_suffix(".html")
    source.write_text(page(name, "Noto Naskh Arabic"))
    run("wkhtmltopdf", "-q", str(source), str(out))


def libreoffice(out, name, font="Amiri", columns=1):
    source = out.with_suffix(".html")
    source.write_text(page(name, font, columns))
    run("soffice", "--headless", "--convert-to", "odt:writer8", "--infilter=HTML (StarWriter)", "--outdir", str(out.parent), str(source))
    run("soffice", "--headless", "--convert-to", "pdf", "--outdir", str(out.parent), str(out.with_suffix(".odt")))


def cairo(out, name, font="Noto Naskh Arabic"):
    code = (
        "import sys, gi, cairo\n"
        "gi.require_version('Pango', '1.0'); gi.require_version('PangoCairo', '1.0')\n"
        "from gi.repository import Pango, PangoCairo\n"
        "text, out, font = sys.stdin.read(), sys.argv[1], sys.argv[2]\n"
        "surface = cairo.PDFSurface(out, 595, 842); context = cairo.Context(surface)\n"
        "y = 50\n"
        "for block in text.strip().split('\\n\\n'):\n"
        "    layout = PangoCairo.create_layout(context)\n"
        "    layout.set_font_description(Pango.FontDescription(font + ' 12'))\n"
        "    layout.set_width(480 * Pango.SCALE); layout.set_text(block.replace('|', ' '), -1)\n"
        "    height = layout.get_pixel_size()[1]\n"
        "    if y + height > 800: context.show_page(); y = 50\n"
        "    context.move_to(57, y); PangoCairo.show_layout(context, layout); y += height + 14\n"
        "surface.finish()\n"
    )
    text = (HERE / f"{name}.txt").read_text()
    run("/usr/bin/python3", "-c", code, str(out), font, input=text.encode())


def tex(out, name, program):
    escape = lambda t: "".join("\\" + c if c in "%&#_$" else c for c in t)
    body = []
    for kind, told in blocks(name):
        if kind == "table":
            rows = " \\\\ ".join(" & ".join(escape(c) for c in row) for row in told)
            body.append("\\begin{tabular}{" + "r" * len(told[0]) + "}" + rows + "\\end{tabular}")
        elif kind == "list":
            body.append("\\begin{itemize}" + "".join(f"\\item {escape(i)}" for i in told) + "\\end{itemize}")
        elif kind in ("title", "heading"):
            body.append(f"\\section*{{{escape(told)}}}")
        else:
            body.append(escape(told))
    if program == "xelatex":
        head = "\\usepackage{polyglossia}\\setmainlanguage[numerals=maghrib]{arabic}\\newfontfamily\\arabicfont[Script=Arabic]{Amiri}\\setmainfont{Amiri}"
    else:
        head = "\\usepackage[bidi=basic]{babel}\\babelprovide[import,main]{arabic}\\babelfont{rm}[Renderer=HarfBuzz,Script=Arabic]{Amiri}"
    source = out.with_suffix(".tex")
    source.write_text("\\documentclass[12pt]{article}\\usepackage{fontspec}" + head + "\\begin{document}" + "\n\n".join(body) + "\\end{document}")
    run(program, "-interaction=batchmode", f"-output-directory={out.parent}", str(source))


def typst(out, name):
    import typst
    escape = lambda t: "".join("\\" + c if c in "#*_$@<>`[]~" else c for c in t)
    body = []
    for kind, told in blocks(name):
        if kind == "table":
            cells = ", ".join(f"[{escape(c)}]" for row in told for c in row)
            body.append(f"#table(columns: {len(told[0])}, {cells})")
        elif kind == "list":
            body.append("\n".join(f"- {escape(item)}" for item in told))
        else:
            body.append({"title": "= ", "heading": "== ", "paragraph": ""}[kind] + escape(told))
    source = out.with_suffix(".typ")
    source.write_text('#set text(font: "Noto Naskh Arabic", lang: "ar", size: 12pt)\n' + "\n\n".join(body))
    typst.compile(str(source), output=str(out), font_paths=["/usr/share/fonts"])


def fop(out, name):
    body = []
    for kind, told in blocks(name):
        if kind == "table":
            rows = "".join("<fo:table-row>" + "".join(f"<fo:table-cell><fo:block>{html.escape(c)}</fo:block></fo:table-cell>" for c in row) + "</fo:table-row>" for row in told)
            body.append(f"<fo:table><fo:table-body>{rows}</fo:table-body></fo:table>")
        else:
            for text in told if kind == "list" else [told]:
                size = {"title": 20, "heading": 15}.get(kind, 12)
                bullet = "• " if kind == "list" else ""
                body.append(f'<fo:block font-size="{size}pt" space-after="8pt">{bullet}{html.escape(text)}</fo:block>')
    source, config = out.with_suffix(".fo"), out.with_suffix(".xconf")
    source.write_text(
        '<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" font-family="Amiri" writing-mode="rl-tb" language="ar" script="arab"><fo:layout-master-set>'
        '<fo:simple-page-master master-name="a" page-height="297mm" page-width="210mm" margin="20mm"><fo:region-body/></fo:simple-page-master>'
        '</fo:layout-master-set><fo:page-sequence master-reference="a"><fo:flow flow-name="xsl-region-body">' + "".join(body) + "</fo:flow></fo:page-sequence></fo:root>"
    )
    config.write_text(
        '<fop version="1.0"><renderers><renderer mime="application/pdf"><fonts>'
        f'<font kerning="yes" embed-url="file://{AMIRI}"><font-triplet name="Amiri" style="normal" weight="normal"/></font>'
        "</fonts></renderer></renderers></fop>"
    )
    run("fop", "-c", str(config), str(source), str(out))


def fpdf2(out, name):
    from fpdf import FPDF
    pdf = FPDF()
    pdf.add_page()
    pdf.add_font("N", fname=NASKH)
    pdf.add_font("L", fname=LATIN)
    pdf.set_font("N", size=13)
    pdf.set_fallback_fonts(["L"])
    pdf.set_text_shaping(use_shaping_engine=True, direction="rtl", script="arab", language="ara")
    for kind, told in blocks(name):
        lines = {"list": lambda: ["• " + t for t in told], "table": lambda: ["   ".join(r) for r in told]}.get(kind, lambda: [told])()
        for line in lines:
            pdf.multi_cell(0, 8, line, align="R", new_x="LMARGIN", new_y="NEXT")
        pdf.ln(4)
    pdf.output(str(out))


def reportlab(out, name):
    import arabic_reshaper
    from bidi.algorithm import get_display
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen import canvas
    pdfmetrics.registerFont(TTFont("D", LATIN))
    page = canvas.Canvas(str(out), pagesize=(595, 842))
    y = 790

    def line(words):
        nonlocal y
        if y < 60:
            page.showPage()
            y = 790
        page.setFont("D", 11)
        page.drawRightString(540, y, get_display(arabic_reshaper.reshape(" ".join(words)), base_dir="R"))
        y -= 17

    for kind, told in blocks(name):
        for text in {"list": lambda: ["• " + t for t in told], "table": lambda: ["    ".join(r) for r in told]}.get(kind, lambda: [told])():
            words = []
            for word in text.split(" "):
                if pdfmetrics.stringWidth(arabic_reshaper.reshape(" ".join(words + [word])), "D", 11) > 480:
                    line(words)
                    words = []
                words.append(word)
            line(words)
        y -= 10
    page.save()


def ghostscript(out, name):
    chrome(out.with_suffix(".chrome.pdf"), name)
    run("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", f"-sOutputFile={out}", str(out.with_suffix(".chrome.pdf")))
    out.with_suffix(".chrome.pdf").unlink()


PRODUCERS = {
    "chrome-naskh": chrome,
    "chrome-amiri": lambda o, n: chrome(o, n, "Amiri"),
    "chrome-columns": lambda o, n: chrome(o, n, "Noto Naskh Arabic", 2),
    "cairo-naskh": cairo,
    "cairo-sans": lambda o, n: cairo(o, n, "Noto Sans Arabic"),
    "libreoffice": libreoffice,
    "libreoffice-naskh": lambda o, n: libreoffice(o, n, "Noto Naskh Arabic"),
    "xelatex": lambda o, n: tex(o, n, "xelatex"),
    "lualatex": lambda o, n: tex(o, n, "lualatex"),
    "weasyprint": weasyprint,
    "weasyprint-columns": lambda o, n: weasyprint(o, n, "Amiri", 2),
    "wkhtmltopdf": wkhtmltopdf,
    "typst": typst,
    "fop": fop,
    "fpdf2": fpdf2,
    "reportlab": reportlab,
    "ghostscript": ghostscript,
}


def main():
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[2:] or [f"{name}-{p}" for name in ("harbour", "grain", "table", "ferry", "steel") for p in PRODUCERS]
    for one in wanted:
        name, producer = one.split("-", 1)
        target = out / f"{one}.pdf"
        try:
            PRODUCERS[producer](target, name)
            shutil.copy(HERE / f"{name}.txt", target.with_suffix(".txt"))
            print(one)
        except Exception as error:  # a producer that is not here
            print(f"{one}: not made ({type(error).__name__}: {error})", file=sys.stderr)
    for extra in list(out.iterdir()):
        if extra.suffix not in (".pdf", ".txt"):
            extra.unlink()


main()
