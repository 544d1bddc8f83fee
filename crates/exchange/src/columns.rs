//! What the columns of a spreadsheet and the fields of a record are called, in any of the programs
//! that people export from.

/// What a column or field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Question,
    Answer,
    Phrasings,
    Keywords,
    Id,
    Url,
    Image,
    Topic,
}

impl Role {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Answer => "answer",
            Self::Phrasings => "phrasings",
            Self::Keywords => "keywords",
            Self::Id => "id",
            Self::Url => "url",
            Self::Image => "image",
            Self::Topic => "topic",
        }
    }

    /// The role that a name stands for, whatever its case and its spaces.
    pub(crate) fn of(name: &str) -> Option<Self> {
        let name: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        Some(match name.as_str() {
            // A title is a question if there is no other.
            "question" | "questions" | "q" | "faq" | "userquestion" | "ask" | "frage" | "pitanje" | "pyetje"
            | "title" | "subject" | "heading" => Self::Question,
            "answer" | "answers" | "a" | "response" | "responses" | "reply" | "content" | "antwort" | "odgovor"
            | "pergjigje" | "réponse" | "text" | "body" | "description" => Self::Answer,
            "phrasings"
            | "phrasing"
            | "alternatives"
            | "alternativequestions"
            | "aliases"
            | "alias"
            | "variants"
            | "utterances"
            | "examples"
            | "paraphrases"
            | "otherphrasings" => Self::Phrasings,
            "keywords" | "keyword" | "tags" => Self::Keywords,
            "id" | "qid" | "name" | "slug" | "key" => Self::Id,
            "url" | "link" | "address" | "sourceurl" => Self::Url,
            "image" | "imageurl" | "picture" => Self::Image,
            "topic" | "category" | "section" | "group" | "kategorie" => Self::Topic,
            _ => return None,
        })
    }
}

/// The texts of a cell that holds several: a line each, or divided by bars.
pub(crate) fn several(cell: &str) -> Vec<String> {
    let parts = cell.split(['\n', '|']).map(str::trim);
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}
