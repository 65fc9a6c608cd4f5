//! The content of a page: what its operators show, as glyphs with their places. Only what moves or shows text is looked at;
//! forms within forms come to an end, and so do pages without one.

use std::collections::BTreeMap;
use std::rc::Rc;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId, decode_text_string};

use super::font::{Font, dictionary};

/// Bytes of one page's content, operators and glyphs of one file at most: guards of memory and time.
const MOST_CONTENT: usize = 24 << 20;
const MOST_OPERATORS: usize = 5_000_000;
const MOST_GLYPHS: usize = 2_000_000;
/// Forms within forms, and states kept.
const MOST_FORMS: usize = 12;
const MOST_STATES: usize = 256;

/// One glyph as it stands on the page.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub(super) text: String,
    /// Where it begins, and how far the next one is.
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) dx: f64,
    pub(super) dy: f64,
    pub(super) size: f64,
}

/// What may still be done of a file.
pub(super) struct Budget {
    operators: usize,
    glyphs: usize,
    bytes: usize,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self {
            operators: MOST_OPERATORS,
            glyphs: MOST_GLYPHS,
            bytes: 8 * MOST_CONTENT,
        }
    }

    pub(super) fn is_spent(&self) -> bool {
        self.operators == 0 || self.glyphs == 0 || self.bytes == 0
    }
}

type Matrix = [f64; 6];
const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// First this, then that.
fn then(a: &Matrix, b: &Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    char_space: f64,
    word_space: f64,
    across: f64,
    leading: f64,
    rise: f64,
}

/// What a stretch of the content is said to be in truth.
struct Marked {
    /// Glyphs before it.
    start: usize,
    actual: Option<String>,
}

/// Fonts by where their dictionaries stand.
type Fonts = BTreeMap<ObjectId, Rc<Font>>;

pub(super) struct Page<'d> {
    document: &'d Document,
    budget: &'d mut Budget,
    fonts: &'d mut Fonts,
    forms: Vec<ObjectId>,
    marked: Vec<Marked>,
    out: Vec<Glyph>,
    /// Pictures that were shown.
    pictures: usize,
}

/// The glyphs of a page in the order of its content, and how many pictures it shows.
pub(super) fn glyphs(
    document: &Document,
    page: ObjectId,
    budget: &mut Budget,
    fonts: &mut Fonts,
) -> (Vec<Glyph>, usize) {
    let content = document
        .get_page_content_with_limit(page, MOST_CONTENT.min(budget.bytes))
        .unwrap_or_default();
    let resources = inherited(document, page, b"Resources");
    let mut page = Page {
        document,
        budget,
        fonts,
        forms: Vec::new(),
        marked: Vec::new(),
        out: Vec::new(),
        pictures: 0,
    };
    page.run(&content, resources, IDENTITY);
    (page.out, page.pictures)
}

/// A page's own entry or that of the nodes above it.
pub(super) fn inherited<'d>(
    document: &'d Document,
    page: ObjectId,
    key: &[u8],
) -> Option<&'d Dictionary> {
    let mut node = document.get_dictionary(page).ok()?;
    for _ in 0..64 {
        if let Ok(found) = node.get_deref(key, document).and_then(Object::as_dict) {
            return Some(found);
        }
        node = node.get_deref(b"Parent", document).ok()?.as_dict().ok()?;
    }
    None
}

impl Page<'_> {
    fn run(&mut self, content: &[u8], resources: Option<&Dictionary>, matrix: Matrix) {
        self.budget.bytes = self.budget.bytes.saturating_sub(content.len());
        let mut state = State {
            matrix,
            font: None,
            size: 0.0,
            char_space: 0.0,
            word_space: 0.0,
            across: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        let mut kept: Vec<State> = Vec::new();
        let (mut line, mut text) = (IDENTITY, IDENTITY);
        for operation in Content::decode_iter(content) {
            if self.budget.is_spent() {
                return;
            }
            self.budget.operators -= 1;
            let Ok(operation) = operation else { return };
            let operands = operation.operands.as_slice();
            let number = |at: usize| {
                operands
                    .get(at)
                    .and_then(|o| o.as_float().ok())
                    .map_or(0.0, f64::from)
            };
            let matrix = || [0, 1, 2, 3, 4, 5].map(number);
            match operation.operator.as_str() {
                "q" if kept.len() < MOST_STATES => kept.push(state.clone()),
                "Q" => {
                    if let Some(last) = kept.pop() {
                        state = last;
                    }
                }
                "cm" => state.matrix = then(&matrix(), &state.matrix),
                "BT" => (line, text) = (IDENTITY, IDENTITY),
                "Tc" => state.char_space = number(0),
                "Tw" => state.word_space = number(0),
                "Tz" => state.across = number(0) / 100.0,
                "TL" => state.leading = number(0),
                "Ts" => state.rise = number(0),
                "Tf" => {
                    state.size = number(1);
                    let name = operands.first().and_then(|o| o.as_name().ok());
                    state.font = name.and_then(|name| self.font(resources, name));
                }
                "Td" => line = then(&[1.0, 0.0, 0.0, 1.0, number(0), number(1)], &line),
                "TD" => {
                    state.leading = -number(1);
                    line = then(&[1.0, 0.0, 0.0, 1.0, number(0), number(1)], &line);
                }
                "Tm" => line = matrix(),
                "T*" => line = then(&[1.0, 0.0, 0.0, 1.0, 0.0, -state.leading], &line),
                "'" | "\"" => {
                    if operation.operator == "\"" {
                        (state.word_space, state.char_space) = (number(0), number(1));
                    }
                    line = then(&[1.0, 0.0, 0.0, 1.0, 0.0, -state.leading], &line);
                    text = line;
                    if let Some(Object::String(bytes, _)) = operands.last() {
                        self.show(bytes, &state, &mut text);
                    }
                }
                "Tj" => {
                    if let Some(Object::String(bytes, _)) = operands.first() {
                        self.show(bytes, &state, &mut text);
                    }
                }
                "TJ" => {
                    let parts = operands.first().and_then(|o| o.as_array().ok());
                    for part in parts.into_iter().flatten() {
                        if let Object::String(bytes, _) = part {
                            self.show(bytes, &state, &mut text);
                        } else if let Ok(back) = part.as_float() {
                            let by = -f64::from(back) / 1000.0 * state.size * state.across;
                            text = then(&[1.0, 0.0, 0.0, 1.0, by, 0.0], &text);
                        }
                    }
                }
                "Do" => {
                    let name = operands.first().and_then(|o| o.as_name().ok());
                    if let Some(name) = name {
                        self.form(resources, name, &state.matrix);
                    }
                }
                "BI" => self.pictures += 1,
                "BMC" | "BDC" if self.marked.len() < MOST_STATES => {
                    let actual = operands.get(1).and_then(|o| self.actual(resources, o));
                    let start = self.out.len();
                    self.marked.push(Marked { start, actual });
                }
                "EMC" => self.unmark(),
                _ => {}
            }
            if matches!(operation.operator.as_str(), "Td" | "TD" | "Tm" | "T*") {
                text = line;
            }
        }
    }

    fn show(&mut self, bytes: &[u8], state: &State, text: &mut Matrix) {
        let Some(font) = &state.font else { return };
        for shown in font.shown(bytes) {
            if self.budget.glyphs == 0 {
                return;
            }
            self.budget.glyphs -= 1;
            let all = then(text, &state.matrix);
            let origin = then(&[1.0, 0.0, 0.0, 1.0, 0.0, state.rise], &all);
            let wide = shown.width * state.size * state.across;
            let spacing = state.char_space
                + if shown.is_space_byte {
                    state.word_space
                } else {
                    0.0
                };
            let glyph = Glyph {
                text: shown.text,
                x: origin[4],
                y: origin[5],
                dx: wide * all[0],
                dy: wide * all[1],
                size: (state.size * all[2].hypot(all[3])).abs(),
            };
            let fits = [glyph.x, glyph.y, glyph.dx, glyph.dy, glyph.size]
                .iter()
                .all(|n| n.abs() < 1e6);
            if fits && !glyph.text.is_empty() {
                self.out.push(glyph);
            }
            let by = wide + spacing * state.across;
            *text = then(&[1.0, 0.0, 0.0, 1.0, by, 0.0], text);
        }
    }

    fn font(&mut self, resources: Option<&Dictionary>, name: &[u8]) -> Option<Rc<Font>> {
        let fonts = resources?
            .get_deref(b"Font", self.document)
            .ok()?
            .as_dict()
            .ok()?;
        let named = fonts.get(name).ok()?;
        let font = dictionary(self.document, named)?;
        let Ok(id) = named.as_reference() else {
            return Some(Rc::new(Font::new(self.document, font)));
        };
        let document = self.document;
        let held = self
            .fonts
            .entry(id)
            .or_insert_with(|| Rc::new(Font::new(document, font)));
        Some(Rc::clone(held))
    }

    fn form(&mut self, resources: Option<&Dictionary>, name: &[u8], matrix: &Matrix) {
        let document = self.document;
        let objects =
            resources.and_then(|r| r.get_deref(b"XObject", document).ok()?.as_dict().ok());
        let Some(named) = objects.and_then(|o| o.get(name).ok()) else {
            return;
        };
        let Ok(stream) = document
            .dereference(named)
            .and_then(|(_, object)| object.as_stream())
        else {
            return;
        };
        if stream.dict.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Image") {
            self.pictures += 1;
            return;
        }
        let id = named.as_reference().unwrap_or((0, 0));
        if self.forms.len() == MOST_FORMS || self.forms.contains(&id) {
            return;
        }
        let most = MOST_CONTENT.min(self.budget.bytes);
        let Ok(content) = stream.get_plain_content_with_limit(most) else {
            return;
        };
        let own = stream
            .dict
            .get_deref(b"Matrix", document)
            .and_then(Object::as_array);
        let mut place = IDENTITY;
        if let Ok(numbers) = own {
            for (slot, number) in place.iter_mut().zip(numbers) {
                *slot = number.as_float().map_or(*slot, f64::from);
            }
        }
        let inner = stream
            .dict
            .get_deref(b"Resources", document)
            .and_then(Object::as_dict)
            .ok();
        self.forms.push(id);
        self.run(&content, inner.or(resources), then(&place, matrix));
        self.forms.pop();
    }

    /// What a marked stretch says in truth, by its own properties or those that the page names.
    fn actual(&self, resources: Option<&Dictionary>, properties: &Object) -> Option<String> {
        let own = match properties {
            Object::Dictionary(own) => own,
            Object::Name(name) => {
                let all = resources?
                    .get_deref(b"Properties", self.document)
                    .ok()?
                    .as_dict()
                    .ok()?;
                all.get_deref(name, self.document).ok()?.as_dict().ok()?
            }
            _ => return None,
        };
        let said = own.get_deref(b"ActualText", self.document).ok()?;
        decode_text_string(said).ok()
    }

    /// Puts what a stretch says in truth for its glyphs, where they stand on one line.
    fn unmark(&mut self) {
        let Some(Marked { start, actual }) = self.marked.pop() else {
            return;
        };
        let Some(actual) = actual else { return };
        let glyphs = &self.out[start.min(self.out.len())..];
        let Some(first) = glyphs.first() else { return };
        let upright = |g: &Glyph| {
            g.dy.abs() <= g.dx.abs() * 0.1 + 0.01 && (g.y - first.y).abs() <= first.size
        };
        if !glyphs.iter().all(upright) {
            return;
        }
        let left = glyphs
            .iter()
            .map(|g| g.x.min(g.x + g.dx))
            .fold(f64::INFINITY, f64::min);
        let right = glyphs
            .iter()
            .map(|g| g.x.max(g.x + g.dx))
            .fold(f64::NEG_INFINITY, f64::max);
        let size = glyphs.iter().map(|g| g.size).fold(0.0, f64::max);
        if right - left > size * (actual.chars().count() as f64 + 2.0) * 1.5 {
            return;
        }
        let y = glyphs
            .iter()
            .max_by(|a, b| a.dx.abs().total_cmp(&b.dx.abs()))
            .map_or(first.y, |g| g.y);
        let text: String = actual.chars().filter(|c| !c.is_control()).collect();
        self.out.truncate(start);
        if !text.is_empty() {
            self.out.push(Glyph {
                text,
                x: left,
                y,
                dx: right - left,
                dy: 0.0,
                size,
            });
        }
    }
}
