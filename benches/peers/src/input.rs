//! The base that is searched and the questions that are asked.

use std::path::{Path, PathBuf};

use footnote_evaluation::question_set::{self, Question};
use footnote_evaluation::{SetError, training_set};
use footnote_knowledge::{KnowledgeBase, LoadError};

/// A base and questions about it.
#[derive(Debug)]
pub(crate) struct Input {
    /// The path from which the base was read.
    pub(crate) base_path: PathBuf,
    pub(crate) base: KnowledgeBase,
    /// The path from which the questions were read.
    pub(crate) questions_path: PathBuf,
    pub(crate) questions: Vec<Question>,
}

/// A base or its questions cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum InputError {
    #[error(transparent)]
    Knowledge(#[from] LoadError),
    #[error(transparent)]
    Set(#[from] SetError),
    #[error("`{}` has no questions: give a file with at least one", .0.display())]
    Empty(PathBuf),
}

impl Input {
    /// A folder of TOML files and a question set about it.
    pub(crate) fn of_knowledge(folder: &Path, questions: &Path) -> Result<Self, InputError> {
        Self::new(folder, footnote_knowledge::load(folder)?, questions)
    }

    /// A training set, used as a base, and a question set about it.
    pub(crate) fn of_training_set(file: &Path, questions: &Path) -> Result<Self, InputError> {
        Self::new(file, training_set::load(file)?, questions)
    }

    fn new(base_path: &Path, base: KnowledgeBase, questions_path: &Path) -> Result<Self, InputError> {
        let questions = question_set::read(questions_path, &base)?;
        if questions.is_empty() {
            return Err(InputError::Empty(questions_path.to_owned()));
        }
        Ok(Self { base_path: base_path.to_owned(), base, questions_path: questions_path.to_owned(), questions })
    }
}
