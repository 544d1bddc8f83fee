//! tantivy with an in-memory index: BM25 over the stems of folded words.
//!
//! The analyzer is tantivy's `en_stem` with diacritics folded, as in the other engines. English
//! stop words stay, because without them it found fewer right entries. The question becomes a
//! query for any of its terms, each once; tantivy's query parser would read punctuation as
//! operators. Positions are not indexed, because no phrases are searched.

use ::tantivy::collector::TopDocs;
use ::tantivy::columnar::Column;
use ::tantivy::indexer::NoMergePolicy;
use ::tantivy::query::{BooleanQuery, Query, TermQuery};
use ::tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use ::tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, TextAnalyzer,
};
use ::tantivy::{Index, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, Term};

use super::{Engine, EngineError, Found};
use crate::documents::Document;

const ANALYZER: &str = "english";
/// In bytes, as in `en_stem`.
const LONGEST_WORD: usize = 40;
/// Enough for all documents of a base at once, so that they become a single segment.
const WRITER_BYTES: usize = 50_000_000;
const ENTRY: &str = "entry";

pub(super) struct Tantivy {
    searcher: Searcher,
    analyzer: TextAnalyzer,
    text: Field,
    /// For each segment, the entry of each document.
    entries: Vec<Column<u64>>,
}

impl Tantivy {
    pub(super) fn new(documents: &[Document<'_>]) -> ::tantivy::Result<Self> {
        let analyzer = analyzer();
        let (schema, text, entry) = schema();
        let index = Index::create_in_ram(schema);
        index.tokenizers().register(ANALYZER, analyzer.clone());
        fill(&index, text, entry, documents)?;
        let searcher: Searcher = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?.searcher();
        let column = |segment: &::tantivy::SegmentReader| segment.fast_fields().u64(ENTRY);
        let entries = searcher.segment_readers().iter().map(column).collect::<Result<_, _>>()?;
        Ok(Self { searcher, analyzer, text, entries })
    }

    fn any_term(&mut self, question: &str) -> BooleanQuery {
        let mut terms: Vec<Term> = Vec::new();
        self.analyzer.token_stream(question).process(&mut |token| {
            let term = Term::from_field_text(self.text, &token.text);
            if !terms.contains(&term) {
                terms.push(term);
            }
        });
        let clause = |term| Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) as Box<dyn Query>;
        BooleanQuery::union(terms.into_iter().map(clause).collect())
    }
}

impl Engine for Tantivy {
    fn search(&mut self, question: &str) -> Result<Option<Found>, EngineError> {
        let query = self.any_term(question);
        let best = self.searcher.search(&query, &TopDocs::with_limit(1).order_by_score())?;
        Ok(best.first().and_then(|(score, address)| {
            let entry = self.entries[address.segment_ord as usize].first(address.doc_id)?;
            Some(Found { entry: usize::try_from(entry).ok()?, score: f64::from(*score) })
        }))
    }
}

fn analyzer() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST_WORD))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .filter(Stemmer::new(Language::English))
        .build()
}

fn schema() -> (Schema, Field, Field) {
    let indexing = TextFieldIndexing::default().set_tokenizer(ANALYZER).set_index_option(IndexRecordOption::WithFreqs);
    let mut schema = Schema::builder();
    let text = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
    let entry = schema.add_u64_field(ENTRY, FAST);
    (schema.build(), text, entry)
}

fn fill(index: &Index, text: Field, entry: Field, documents: &[Document<'_>]) -> ::tantivy::Result<()> {
    let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER_BYTES)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    for document in documents {
        let mut fields = TantivyDocument::default();
        fields.add_text(text, &document.text);
        fields.add_u64(entry, document.entry as u64);
        writer.add_document(fields)?;
    }
    writer.commit()?;
    writer.wait_merging_threads()
}
