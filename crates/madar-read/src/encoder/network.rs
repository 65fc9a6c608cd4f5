//! One pass of the network over a window: embeddings, layers of attention and inner layers
//! (Vaswani et al. 2017, Devlin et al. 2019), states of the words out.

use madar_kernel::{Head, LANES, Quantised};

use super::weights::{BLOCK, BLOCK_BYTES};
use super::{Encoder, Layer};

/// Room to work in, kept from window to window.
#[derive(Default)]
pub(super) struct Room {
    states: Vec<f32>,
    bytes: Quantised,
    sums: Vec<i32>,
    looked: Vec<f32>,
    seen: Vec<f32>,
    inner: Vec<f32>,
    more: Vec<f32>,
    keys: Vec<f32>,
    values: Vec<f32>,
    scores: Vec<f32>,
}

impl Encoder {
    /// The states of the pieces of a window behind the layers that read words, a row to a piece.
    pub(super) fn states<'a>(&self, pieces: &[u32], room: &'a mut Room) -> &'a [f32] {
        room.states.clear();
        for (at, &piece) in pieces.iter().enumerate() {
            self.embed(piece as usize, &mut room.states);
            let place = &self.places[at * self.hidden..][..self.hidden];
            let own = &mut room.states[at * self.hidden..];
            own.iter_mut().zip(place).for_each(|(x, p)| *x += p);
        }
        room.more.clear();
        room.more.resize(room.states.len(), 0.0);
        let norm = &self.norm;
        self.level
            .normalise(&mut room.states, &room.more, &norm.weight, &norm.bias);
        for layer in &self.layers[..self.reading] {
            self.layer(layer, pieces.len(), room);
        }
        &room.states
    }

    /// The same behind all layers, from states in which mentions are marked.
    pub(super) fn related<'a>(&self, marked: &[f32], room: &'a mut Room) -> &'a [f32] {
        room.states.clear();
        room.states.extend_from_slice(marked);
        room.more.clear();
        room.more.resize(marked.len(), 0.0);
        for layer in &self.layers[self.reading..] {
            self.layer(layer, marked.len() / self.hidden, room);
        }
        &room.states
    }

    fn embed(&self, piece: usize, out: &mut Vec<f32>) {
        let row = self.hidden / BLOCK * BLOCK_BYTES;
        for block in self.words[piece * row..][..row].chunks_exact(BLOCK_BYTES) {
            let scale = half(u16::from_le_bytes([block[0], block[1]]));
            let of = |four: u8| (f32::from(four) - 8.0) * scale;
            out.extend(block[2..].iter().map(|b| of(b & 15)));
            out.extend(block[2..].iter().map(|b| of(b >> 4)));
        }
    }

    fn layer(&self, layer: &Layer, count: usize, room: &mut Room) {
        let Room {
            states,
            bytes,
            sums,
            ..
        } = room;
        self.level.quantise(states, self.hidden, bytes);
        self.level
            .product(bytes, &layer.look, sums, &mut room.looked);
        self.attention(count, room);
        let Room {
            states,
            bytes,
            sums,
            ..
        } = room;
        self.level.quantise(&room.seen, self.hidden, bytes);
        self.level.product(bytes, &layer.seen, sums, &mut room.more);
        let [first, second] = &layer.norms;
        self.level
            .normalise(states, &room.more, &first.weight, &first.bias);
        self.level.quantise(states, self.hidden, bytes);
        self.level.product(bytes, &layer.up, sums, &mut room.inner);
        self.level.gelu(&mut room.inner);
        self.level.quantise(&room.inner, layer.down.inputs(), bytes);
        self.level.product(bytes, &layer.down, sums, &mut room.more);
        self.level
            .normalise(states, &room.more, &second.weight, &second.bias);
    }

    /// From queries, keys and values of the pieces, side by side, to what each piece sees.
    fn attention(&self, count: usize, room: &mut Room) {
        let (hidden, size) = (self.hidden, self.hidden / self.heads_of_attention);
        let stride = count.next_multiple_of(LANES);
        let head = Head { size, keys: count };
        room.seen.clear();
        room.seen.resize(count * hidden, 0.0);
        for from in (0..hidden).step_by(size) {
            room.keys.clear();
            room.keys.resize(size * stride, 0.0);
            room.values.clear();
            for (at, row) in room.looked.chunks_exact(3 * hidden).enumerate() {
                for (part, key) in row[hidden + from..][..size].iter().enumerate() {
                    room.keys[part * stride + at] = *key;
                }
                room.values
                    .extend_from_slice(&row[2 * hidden + from..][..size]);
            }
            let rows = room
                .looked
                .chunks_exact(3 * hidden)
                .zip(room.seen.chunks_exact_mut(hidden));
            for (row, seen) in rows {
                self.level.attend(
                    head,
                    (&row[from..][..size], &room.keys, &room.values),
                    &mut room.scores,
                    &mut seen[from..][..size],
                );
            }
        }
    }
}

/// A number of 16 bits, as IEEE 754 writes it.
fn half(bits: u16) -> f32 {
    let sign = u32::from(bits >> 15) << 31;
    let (exponent, fraction) = (u32::from(bits >> 10 & 31), u32::from(bits & 0x3ff));
    match exponent {
        // 2^-24 to a unit of the last place.
        0 => f32::from_bits(sign | (fraction as f32 * 5.960_464_5e-8).to_bits()),
        31 => f32::from_bits(sign | 0x7f80_0000 | fraction << 13),
        _ => f32::from_bits(sign | (exponent + 112) << 23 | fraction << 13),
    }
}

#[cfg(test)]
mod tests {
    use super::half;

    #[test]
    fn halves_are_what_they_should_be() {
        for (bits, value) in [
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x3555, 0.333_251_95),
            (1, 5.960_464_5e-8),
            (0, 0.0),
        ] {
            assert_eq!(half(bits), value);
        }
    }
}
