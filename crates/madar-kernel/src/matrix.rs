//! A matrix of bytes, laid out for products with rows of bytes.

/// Outputs that stand side by side.
pub(crate) const ACROSS: usize = 16;
/// Inputs that stand side by side within them: what an instruction multiplies and adds up at once.
pub(crate) const DEEP: usize = 4;
/// Added to the bytes of rows, so that they have no sign; taken off the sums again.
pub(crate) const OFFSET: i32 = 128;

/// Weights of a layer: bytes, a scale and a bias to an output.
pub struct Matrix {
    inputs: usize,
    /// `[outputs / ACROSS][inputs / DEEP][ACROSS][DEEP]`
    pub(crate) packed: Vec<i8>,
    /// What [`OFFSET`] adds to each sum.
    pub(crate) offsets: Vec<i32>,
    scales: Vec<f32>,
    bias: Vec<f32>,
}

impl Matrix {
    /// From `outputs` rows of `inputs` weights.
    ///
    /// # Panics
    /// If inputs are no multiple of 4, outputs none of 16, or sizes do not fit.
    pub fn new(inputs: usize, weights: &[i8], scales: Vec<f32>, bias: Vec<f32>) -> Self {
        let outputs = scales.len();
        assert!(
            inputs.is_multiple_of(DEEP) && outputs.is_multiple_of(ACROSS),
            "padded sizes"
        );
        assert!(
            weights.len() == inputs * outputs && bias.len() == outputs,
            "sizes fit"
        );
        let mut packed = Vec::with_capacity(weights.len());
        for group in weights.chunks_exact(inputs * ACROSS) {
            for deep in (0..inputs).step_by(DEEP) {
                for row in group.chunks_exact(inputs) {
                    packed.extend_from_slice(&row[deep..deep + DEEP]);
                }
            }
        }
        let sum = |row: &[i8]| OFFSET * row.iter().map(|&w| i32::from(w)).sum::<i32>();
        let offsets = weights.chunks_exact(inputs).map(sum).collect();
        Self {
            inputs,
            packed,
            offsets,
            scales,
            bias,
        }
    }

    pub fn inputs(&self) -> usize {
        self.inputs
    }

    pub fn outputs(&self) -> usize {
        self.scales.len()
    }

    pub(crate) fn scales(&self) -> &[f32] {
        &self.scales
    }

    pub(crate) fn bias(&self) -> &[f32] {
        &self.bias
    }

    /// The products on any processor.
    pub(crate) fn sums(&self, rows: &Quantised, out: &mut [i32]) {
        let (inputs, outputs) = (self.inputs, self.outputs());
        for (row, out) in rows
            .bytes
            .chunks_exact(inputs)
            .zip(out.chunks_exact_mut(outputs))
        {
            let groups = self.packed.chunks_exact(inputs * ACROSS);
            let offsets = self.offsets.chunks_exact(ACROSS);
            for ((group, offsets), out) in groups.zip(offsets).zip(out.chunks_exact_mut(ACROSS)) {
                let mut sums = [0i32; ACROSS];
                for (block, row) in group
                    .chunks_exact(ACROSS * DEEP)
                    .zip(row.chunks_exact(DEEP))
                {
                    for (sum, weights) in sums.iter_mut().zip(block.chunks_exact(DEEP)) {
                        for (&w, &x) in weights.iter().zip(row) {
                            *sum += i32::from(w) * i32::from(x);
                        }
                    }
                }
                for ((out, sum), offset) in out.iter_mut().zip(sums).zip(offsets) {
                    *out = sum - offset;
                }
            }
        }
    }
}

/// Rows of bytes with a scale to a row; `OFFSET` is added to each byte.
#[derive(Default)]
pub struct Quantised {
    pub(crate) bytes: Vec<u8>,
    pub(crate) scales: Vec<f32>,
    pub(crate) width: usize,
}

impl Quantised {
    pub(crate) fn reset(&mut self, rows: usize, width: usize) {
        self.width = width;
        self.bytes.clear();
        self.bytes.resize(rows * width, 0);
        self.scales.clear();
        self.scales.resize(rows, 0.0);
    }
}
