//! How sure the bot has to be in a server, where those who manage it have a say.
//!
//! The operator's thresholds are the lowest that there are, but for the leeway that the operator
//! gives: so nobody else can make the bot guess. What somebody has set once may no longer fit
//! when the operator changes something. Then it is moved as little as possible.

use footnote_search::reply::Thresholds;

use crate::config::Setting;

/// From which confidence on the bot says what. Each is 0 to 1, and none is below the one before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sureness {
    /// For what is asked.
    pub(super) thresholds: Thresholds,
    /// For what is not addressed to the bot.
    pub(super) watch_at: f32,
}

/// What those who manage a server have set.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Wanted {
    answer: Option<f32>,
    closest: Option<f32>,
    suggest: Option<f32>,
    watch: Option<f32>,
}

impl Wanted {
    /// Sets a threshold, or takes it back; does nothing with other settings.
    pub(super) fn set(&mut self, setting: Setting, value: Option<f32>) {
        match setting {
            Setting::AnswerAt => self.answer = value,
            Setting::ClosestAt => self.closest = value,
            Setting::SuggestAt => self.suggest = value,
            Setting::WatchAt => self.watch = value,
            _ => {}
        }
    }

    /// Whether a threshold for what is asked is set.
    pub(super) fn changes_answers(&self) -> bool {
        self.answer.or(self.closest).or(self.suggest).is_some()
    }
}

impl Sureness {
    /// The threshold of this name; `None` if the setting is none.
    pub(super) fn of(&self, setting: Setting) -> Option<f32> {
        match setting {
            Setting::AnswerAt => Some(self.thresholds.answer_at),
            Setting::ClosestAt => Some(self.thresholds.closest_at),
            Setting::SuggestAt => Some(self.thresholds.suggest_at),
            Setting::WatchAt => Some(self.watch_at),
            _ => None,
        }
    }

    /// The lowest that a threshold may be set to, if these are the operator's.
    pub(super) fn lowest(&self, setting: Setting, leeway: f32) -> Option<f32> {
        self.of(setting).map(|own| (own - leeway).max(0.0))
    }

    /// What is in force if these are the operator's. What nobody has set moves with the rest.
    pub(super) fn with(self, wanted: &Wanted, leeway: f32) -> Self {
        let set = |own: f32, wanted: Option<f32>| wanted.map_or(own, |wanted| wanted.max(own - leeway).clamp(0.0, 1.0));
        let own = self.thresholds;
        let answer_at = set(own.answer_at, wanted.answer);
        let suggest_at = set(own.suggest_at, wanted.suggest).min(answer_at);
        let closest_at = set(own.closest_at, wanted.closest).clamp(suggest_at, answer_at);
        let watch_at = set(self.watch_at, wanted.watch).max(answer_at);
        Self { thresholds: Thresholds { answer_at, closest_at, suggest_at }, watch_at }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn own() -> Sureness {
        Sureness { thresholds: Thresholds { answer_at: 0.6, closest_at: 0.3, suggest_at: 0.2 }, watch_at: 0.8 }
    }

    const THRESHOLDS: [Setting; 4] = [Setting::SuggestAt, Setting::ClosestAt, Setting::AnswerAt, Setting::WatchAt];

    fn wanted(values: [Option<f32>; 4]) -> Wanted {
        let mut wanted = Wanted::default();
        for (setting, value) in THRESHOLDS.into_iter().zip(values) {
            wanted.set(setting, value);
        }
        wanted
    }

    fn in_force(wanted: &Wanted, leeway: f32) -> [f32; 4] {
        let sureness = own().with(wanted, leeway);
        THRESHOLDS.map(|setting| sureness.of(setting).expect("it is a threshold"))
    }

    #[test]
    fn what_nobody_has_set_moves_with_the_rest() {
        for (values, leeway, expected) in [
            ([None, None, None, None], 0.0, [0.2, 0.3, 0.6, 0.8]),
            ([None, None, Some(0.9), None], 0.0, [0.2, 0.3, 0.9, 0.9]),
            ([Some(0.5), None, None, None], 0.0, [0.5, 0.5, 0.6, 0.8]),
            ([None, None, Some(0.1), None], 0.0, [0.2, 0.3, 0.6, 0.8]),
            ([None, None, Some(0.25), None], 0.5, [0.2, 0.25, 0.25, 0.8]),
        ] {
            let now = in_force(&wanted(values), leeway);
            assert_eq!(format!("{now:?}"), format!("{expected:?}"), "{values:?}");
        }
    }

    proptest! {
        #[test]
        fn thresholds_rise_and_are_not_below_what_the_operator_allows(
            values: [Option<f32>; 4],
            leeway in 0.0_f32..1.0,
        ) {
            let now = in_force(&wanted(values.map(|value| value.filter(|value| !value.is_nan()))), leeway);
            prop_assert!(now.is_sorted(), "{now:?}");
            for (setting, now) in THRESHOLDS.into_iter().zip(now) {
                let lowest = own().lowest(setting, leeway).expect("it is a threshold");
                prop_assert!((lowest - f32::EPSILON..=1.0).contains(&now), "{setting:?}: {now}");
            }
        }
    }
}
