//! How much each view of a candidate should count, from choices whose right answer is known.
//!
//! A conditional logit model (Daniel McFadden, "Conditional logit analysis of qualitative choice
//! behavior", 1974): the probability of a candidate is its share of the exponentials of all scores,
//! and the weights that give the scores maximize the likelihood of the right ones times a normal
//! prior. One unit of score is then one unit of log odds between two candidates.

use crate::logistic::{Prior, product, solve};

const MOST_STEPS: usize = 50;

/// A step that moves no weight further than this is the last.
const SMALLEST_STEP: f64 = 1e-7;

/// A question whose right candidate is known.
#[derive(Debug, Clone)]
pub struct Choice<const N: usize> {
    /// The views of each candidate.
    pub views: Vec<[f64; N]>,
    /// The place of the right candidate.
    pub right: usize,
    /// How much it counts.
    pub weight: f64,
}

/// The most likely weights of the views.
#[must_use]
pub fn fit<const N: usize>(choices: &[Choice<N>], prior: &Prior<N>) -> [f64; N] {
    let mut weights = prior.mean;
    for _ in 0..MOST_STEPS {
        let (gradient, curvature) = derivatives(choices, prior, &weights);
        let Some(step) = solve(curvature, gradient) else { return weights };
        for (weight, change) in weights.iter_mut().zip(step) {
            *weight += change;
        }
        if step.iter().all(|change| change.abs() < SMALLEST_STEP) {
            break;
        }
    }
    weights
}

/// The share of choices in which the right candidate scores highest, by weight, 0 to 1.
#[must_use]
pub fn share_first<const N: usize>(choices: &[Choice<N>], weights: &[f64; N]) -> f64 {
    let is_first = |choice: &&Choice<N>| {
        let right = product(weights, &choice.views[choice.right]);
        let others = choice.views.iter().enumerate().filter(|(place, _)| *place != choice.right);
        others.map(|(_, views)| product(weights, views)).all(|score| score < right)
    };
    let all: f64 = choices.iter().map(|choice| choice.weight).sum();
    choices.iter().filter(is_first).map(|choice| choice.weight).sum::<f64>() / all
}

/// The gradient and the negated curvature of the likelihood.
fn derivatives<const N: usize>(
    choices: &[Choice<N>],
    prior: &Prior<N>,
    weights: &[f64; N],
) -> ([f64; N], [[f64; N]; N]) {
    let mut gradient: [f64; N] =
        std::array::from_fn(|place| -prior.precision[place] * (weights[place] - prior.mean[place]));
    let mut curvature = [[0.0; N]; N];
    for (place, row) in curvature.iter_mut().enumerate() {
        row[place] = prior.precision[place];
    }
    for choice in choices {
        let scores: Vec<f64> = choice.views.iter().map(|views| product(weights, views)).collect();
        let highest = scores.iter().copied().fold(f64::MIN, f64::max);
        let exponentials: Vec<f64> = scores.iter().map(|score| (score - highest).exp()).collect();
        let all: f64 = exponentials.iter().sum();
        let shares = || choice.views.iter().zip(&exponentials).map(|(views, own)| (views, own / all));
        let mut mean = [0.0; N];
        for (views, share) in shares() {
            mean.iter_mut().zip(views).for_each(|(mean, view)| *mean += share * view);
        }
        for (place, sum) in gradient.iter_mut().enumerate() {
            *sum += choice.weight * (choice.views[choice.right][place] - mean[place]);
        }
        for (views, share) in shares() {
            let off: [f64; N] = std::array::from_fn(|place| views[place] - mean[place]);
            for (row, one) in curvature.iter_mut().zip(off) {
                row.iter_mut().zip(off).for_each(|(sum, other)| *sum += choice.weight * share * one * other);
            }
        }
    }
    (gradient, curvature)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choices() -> Vec<Choice<2>> {
        let choice = |number: u32| {
            let noise = f64::from(number * 7 % 5) / 5.0;
            Choice { views: vec![[noise, 0.2], [0.5, 0.8]], right: 1, weight: 1.0 }
        };
        (0..100).map(choice).collect()
    }

    #[test]
    fn the_view_that_tells_gets_the_weight() {
        let weights = fit(&choices(), &Prior { mean: [0.0; 2], precision: [1.0; 2] });
        assert!(weights[1] > 3.0 * weights[0].abs(), "{weights:?}");
        assert!((share_first(&choices(), &weights) - 1.0).abs() < f64::EPSILON);
    }

    #[test]
    fn a_sure_prior_stays() {
        let prior = Prior { mean: [2.0, -1.0], precision: [1e9; 2] };
        let weights = fit(&choices(), &prior);
        assert!(weights.iter().zip(prior.mean).all(|(weight, mean)| (weight - mean).abs() < 1e-3), "{weights:?}");
    }
}
