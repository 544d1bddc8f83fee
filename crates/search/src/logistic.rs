//! Logistic regression with a prior: few examples move the weights a little, many decide them.
//!
//! The weights maximize the likelihood of the examples times a normal prior, by Newton's method
//! (Bishop, *Pattern Recognition and Machine Learning*, 2006, sections 4.3.3 and 4.5). Everything
//! is added up in a fixed order, so that the same examples give the same weights.

/// The most steps; a handful is usual.
const MOST_STEPS: usize = 40;

/// A step that moves no weight further than this is the last.
const SMALLEST_STEP: f64 = 1e-9;

/// What is known of one candidate, and whether it was right.
#[derive(Debug, Clone, Copy)]
pub struct Example<const N: usize> {
    /// The features.
    pub features: [f64; N],
    /// Whether the candidate was right.
    pub is_right: bool,
    /// How much the example counts.
    pub weight: f64,
}

/// What the weights are taken to be before any example is seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prior<const N: usize> {
    /// The most likely weights.
    pub mean: [f64; N],
    /// How sure that is: the inverse of each weight's variance.
    pub precision: [f64; N],
}

/// The most likely weights of which none has the wrong sign: 1 for at least 0, −1 for at most 0, 0
/// for any. Weights that come out wrong are 0, and the others are fitted again without them.
#[must_use]
pub fn fit_signed<const N: usize>(examples: &[Example<N>], prior: &Prior<N>, signs: &[i8; N]) -> [f64; N] {
    let is_wrong = |weights: &[f64; N], place: usize| weights[place] * f64::from(signs[place]) < 0.0;
    let (mut examples, mut prior) = (examples.to_vec(), *prior);
    let mut is_left_out = [false; N];
    loop {
        let weights = fit(&examples, &prior);
        let wrong: Vec<usize> = (0..N).filter(|&place| !is_left_out[place] && is_wrong(&weights, place)).collect();
        if wrong.is_empty() {
            return weights;
        }
        for place in wrong {
            is_left_out[place] = true;
            prior.mean[place] = 0.0;
            for example in &mut examples {
                example.features[place] = 0.0;
            }
        }
    }
}

/// The most likely weights.
#[must_use]
pub fn fit<const N: usize>(examples: &[Example<N>], prior: &Prior<N>) -> [f64; N] {
    let mut weights = prior.mean;
    let mut loss = self::loss(examples, prior, &weights);
    for _ in 0..MOST_STEPS {
        let (gradient, curvature) = derivatives(examples, prior, &weights);
        let Some(step) = solve(curvature, gradient) else { return weights };
        let mut length = 1.0;
        // Far from the optimum a whole step may lead too far.
        let moved = loop {
            let moved = added(&weights, &step, -length);
            let new_loss = self::loss(examples, prior, &moved);
            if new_loss <= loss || length < SMALLEST_STEP {
                loss = new_loss;
                break moved;
            }
            length /= 2.0;
        };
        let is_done = step.iter().all(|change| (change * length).abs() < SMALLEST_STEP);
        weights = moved;
        if is_done {
            break;
        }
    }
    weights
}

/// The probability that a candidate with these features is right.
#[must_use]
pub fn probability<const N: usize>(weights: &[f64; N], features: &[f64; N]) -> f64 {
    1.0 / (1.0 + (-product(weights, features)).exp())
}

/// The sum of the products.
#[must_use]
pub fn product<const N: usize>(weights: &[f64; N], features: &[f64; N]) -> f64 {
    weights.iter().zip(features).map(|(weight, feature)| weight * feature).sum()
}

fn added<const N: usize>(weights: &[f64; N], step: &[f64; N], length: f64) -> [f64; N] {
    std::array::from_fn(|place| weights[place] + length * step[place])
}

fn loss<const N: usize>(examples: &[Example<N>], prior: &Prior<N>, weights: &[f64; N]) -> f64 {
    let likelihood = examples.iter().map(|example| {
        let score = product(weights, &example.features);
        let toward_right = if example.is_right { score } else { -score };
        example.weight * softplus(-toward_right)
    });
    let far = |place: usize| prior.precision[place] * (weights[place] - prior.mean[place]).powi(2) / 2.0;
    likelihood.sum::<f64>() + (0..N).map(far).sum::<f64>()
}

/// The logarithm of 1 + eˣ, also where eˣ is too large.
fn softplus(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}

fn derivatives<const N: usize>(
    examples: &[Example<N>],
    prior: &Prior<N>,
    weights: &[f64; N],
) -> ([f64; N], [[f64; N]; N]) {
    let mut gradient: [f64; N] =
        std::array::from_fn(|place| prior.precision[place] * (weights[place] - prior.mean[place]));
    let mut curvature = [[0.0; N]; N];
    for (place, row) in curvature.iter_mut().enumerate() {
        row[place] = prior.precision[place];
    }
    for example in examples {
        let probability = probability(weights, &example.features);
        let error = example.weight * (probability - f64::from(u8::from(example.is_right)));
        let bend = example.weight * probability * (1.0 - probability);
        for place in 0..N {
            let feature = example.features[place];
            if feature == 0.0 {
                continue;
            }
            gradient[place] += error * feature;
            for (sum, other) in curvature[place].iter_mut().zip(&example.features) {
                *sum += bend * feature * other;
            }
        }
    }
    (gradient, curvature)
}

/// Solves a symmetric positive definite system by Cholesky decomposition; `None` where it is none.
pub(crate) fn solve<const N: usize>(mut matrix: [[f64; N]; N], mut vector: [f64; N]) -> Option<[f64; N]> {
    for column in 0..N {
        for row in column..N {
            let known: f64 = (0..column).map(|place| matrix[row][place] * matrix[column][place]).sum();
            let rest = matrix[row][column] - known;
            matrix[row][column] = if row == column {
                if rest <= 0.0 {
                    return None;
                }
                rest.sqrt()
            } else {
                rest / matrix[column][column]
            };
        }
    }
    for row in 0..N {
        let known: f64 = (0..row).map(|place| matrix[row][place] * vector[place]).sum();
        vector[row] = (vector[row] - known) / matrix[row][row];
    }
    for row in (0..N).rev() {
        let known: f64 = (row + 1..N).map(|place| matrix[place][row] * vector[place]).sum();
        vector[row] = (vector[row] - known) / matrix[row][row];
    }
    Some(vector)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FLAT: Prior<2> = Prior { mean: [0.0; 2], precision: [1e-6; 2] };

    fn example(feature: f64, is_right: bool) -> Example<2> {
        Example { features: [1.0, feature], is_right, weight: 1.0 }
    }

    #[test]
    fn probabilities_come_to_the_shares_that_were_seen() {
        let mut examples = vec![example(0.0, true); 30];
        examples.extend(vec![example(0.0, false); 70]);
        examples.extend(vec![example(1.0, true); 90]);
        examples.extend(vec![example(1.0, false); 10]);
        let weights = fit(&examples, &FLAT);
        assert!((probability(&weights, &[1.0, 0.0]) - 0.3).abs() < 1e-4);
        assert!((probability(&weights, &[1.0, 1.0]) - 0.9).abs() < 1e-4);
    }

    #[test]
    fn a_sure_prior_stays_and_an_unsure_one_gives_way() {
        let examples = vec![example(1.0, true); 20];
        let sure = Prior { mean: [-1.0, 0.5], precision: [1e6; 2] };
        assert!(fit(&examples, &sure).iter().zip(sure.mean).all(|(weight, mean)| (weight - mean).abs() < 1e-3));
        let unsure = Prior { precision: [0.1; 2], ..sure };
        assert!(probability(&fit(&examples, &unsure), &[1.0, 1.0]) > 0.8);
    }

    #[test]
    fn examples_that_a_line_parts_give_finite_weights() {
        let examples: Vec<_> = (0..50).map(|n| example(if n < 25 { -1.0 } else { 1.0 }, n >= 25)).collect();
        let prior = Prior { mean: [0.0; 2], precision: [0.01; 2] };
        assert!(fit(&examples, &prior).iter().all(|weight| weight.is_finite()));
    }
}
