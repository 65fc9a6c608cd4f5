//! Learns the weights of a tagger: 1-best MIRA with a cost for each wrong label (Crammer et al. 2006,
//! PA-I), weights averaged over all steps. Whole numbers only, so that the same data give the same
//! weights on every machine.

use madar_read::tagger::{self, Rows, SLOTS, Tagger};

/// One unit of score: enough digits that a step of learning, a hundredth and less, does not round
/// away.
const UNIT: i32 = 1 << 16;
/// The longest step, in 1/1000 of a unit: longer ones let single odd sentences bend the model.
const LONGEST_STEP: i64 = 20;
/// What the shipped weights are divided by: they fit i16 then, and held-out figures stay.
const QUANTUM: i64 = 1 << 6;

pub(crate) struct Learner<const N: usize> {
    now: Vec<[i32; N]>,
    sum: Vec<[i64; N]>,
    steps: [[i32; N]; N],
    step_sum: [[i64; N]; N],
    step: i64,
}

impl<const N: usize> Learner<N> {
    pub(crate) fn new() -> Self {
        Self {
            now: vec![[0; N]; SLOTS],
            sum: vec![[0; N]; SLOTS],
            steps: [[0; N]; N],
            step_sum: [[0; N]; N],
            step: 0,
        }
    }

    /// Learns from one sentence; true if it was wrong before.
    pub(crate) fn learn(&mut self, rows: &Rows, right: &[usize]) -> bool {
        self.step += 1;
        let scores: Vec<[i32; N]> = rows.iter().map(|row| self.scores(row)).collect();
        let costly = scores.iter().zip(right).map(|(own, &right)| {
            let mut own = *own;
            for (label, score) in own.iter_mut().enumerate() {
                *score += cost(right, label);
            }
            own
        });
        let guess = tagger::decode(costly, &self.steps);
        if guess == right {
            return false;
        }
        let loss: i64 = right
            .iter()
            .zip(&guess)
            .map(|(&r, &g)| i64::from(cost(r, g)))
            .sum();
        let lead = self.path(&scores, &guess) - self.path(&scores, right);
        let size: usize = (0..right.len())
            .filter(|&at| right[at] != guess[at])
            .map(|at| 2 * rows.row(at).len() + 4)
            .sum();
        let size = i64::try_from(size.max(1)).expect("sentences are short");
        let longest = LONGEST_STEP * i64::from(UNIT) / 1000;
        let by = ((loss + lead) / size).clamp(0, longest);
        self.change(rows, right, &guess, i32::try_from(by).expect("clamped"));
        true
    }

    fn scores(&self, row: &[u32]) -> [i32; N] {
        let mut scores = [0i32; N];
        for &slot in row {
            for (score, weight) in scores.iter_mut().zip(&self.now[slot as usize]) {
                *score += weight;
            }
        }
        scores
    }

    fn path(&self, scores: &[[i32; N]], labels: &[usize]) -> i64 {
        let words = scores
            .iter()
            .zip(labels)
            .map(|(own, &label)| i64::from(own[label]));
        let steps = labels.windows(2).map(|w| i64::from(self.steps[w[0]][w[1]]));
        words.chain(steps).sum()
    }

    fn change(&mut self, rows: &Rows, right: &[usize], guess: &[usize], by: i32) {
        for at in 0..right.len() {
            if right[at] != guess[at] {
                for &slot in rows.row(at) {
                    self.change_weight(slot as usize, right[at], by);
                    self.change_weight(slot as usize, guess[at], -by);
                }
            }
            if at > 0 && (right[at - 1], right[at]) != (guess[at - 1], guess[at]) {
                self.change_step(right[at - 1], right[at], by);
                self.change_step(guess[at - 1], guess[at], -by);
            }
        }
    }

    /// The sum weighs a change by the sentences still to come when it is divided at the end.
    fn change_weight(&mut self, slot: usize, label: usize, by: i32) {
        self.now[slot][label] += by;
        self.sum[slot][label] += i64::from(by) * self.step;
    }

    fn change_step(&mut self, before: usize, label: usize, by: i32) {
        self.steps[before][label] += by;
        self.step_sum[before][label] += i64::from(by) * self.step;
    }

    /// The weights averaged over all sentences seen.
    pub(crate) fn averaged(&self) -> Tagger<N> {
        let total = self.step + 1;
        let mean = |now: i32, sum: i64| -> i16 {
            let value = (i64::from(now) * total - sum) / total / QUANTUM;
            i16::try_from(value.clamp(-32_000, 32_000)).expect("clamped")
        };
        let rows = self.now.iter().zip(&self.sum);
        let rows = rows.map(|(now, sum)| std::array::from_fn(|l| mean(now[l], sum[l])));
        let steps = std::array::from_fn(|b| {
            std::array::from_fn(|l| mean(self.steps[b][l], self.step_sum[b][l]))
        });
        Tagger::new(rows.enumerate(), steps)
    }
}

/// What a wrong label costs, in units.
fn cost(right: usize, label: usize) -> i32 {
    if right == label { 0 } else { UNIT }
}
