//! `mcp`: the base as tools for assistants, in the [Model Context
//! Protocol](https://modelcontextprotocol.io) over standard input and output.
//!
//! An assistant is told what a member is told: an answer with its standing and citations, or that
//! there is none. It cannot search past a refusal, because no tool shows what was not sure enough.

use std::fmt::Write;
use std::sync::Arc;

use footnote_knowledge::text::plain::without_controls;
use footnote_knowledge::{Entry, KnowledgeBase};
use footnote_search::reply::{Answerer, Candidate, Outcome, Reply, wording};
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation, JsonObject, ListToolsResult,
    PaginatedRequestParams, ServerCapabilities, ServerConfig, Tool, ToolAnnotations,
};
use rmcp::service::RequestContext;
use rmcp::transport::stdio;
use rmcp::{ErrorData, RoleServer, ServerHandler, ServiceExt};
use serde::Serialize;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::outcome::{CommandError, Verdict};
use crate::calibration::Weighing;
use crate::config::Config;
use crate::json::{EntryJson, ReplyJson, SourceJson};
use crate::relations::resting_on;
use crate::web::{Form, Site};

/// What an assistant is told of these tools as a whole.
const INSTRUCTIONS: &str = "A curated knowledge base. Ask it with `ask` and rely on `outcome`. \
     If it is \"answer\", repeat the answer with its sources, and say whose claim it is if its \
     standing is \"claim\", or that it is disputed. If it is \"closest\", say that it may not \
     answer the question. If it is \"suggest\" or \"unknown\", the base has no answer: say so, \
     and do not present anything else as if it came from here.";

pub(super) fn run(config: &Config) -> Result<Verdict, CommandError> {
    let folders = config.folders();
    let base = folders.load()?;
    let weighing = Weighing::found(&base, &folders.now(), config.unanswerable)?;
    let weighing = weighing.unwrap_or_else(|| Weighing::learned(&base, config.unanswerable));
    let site = Site::new(&config.web, Form::Served);
    let tools = Tools { answerer: weighing.answerer(base, config.thresholds), site };
    let runtime = Runtime::new().map_err(CommandError::Io)?;
    let outcome = runtime.block_on(async {
        let service = Box::pin(tools.serve(stdio())).await.map_err(Box::new)?;
        // It ends when the assistant closes our input.
        let _ = service.waiting().await;
        Ok(Verdict::Positive)
    });
    // A read of standard input cannot be cancelled.
    runtime.shutdown_background();
    outcome
}

/// The tools, on one base.
struct Tools {
    answerer: Answerer,
    /// Where each entry has a page, if there are pages.
    site: Site,
}

impl ServerHandler for Tools {
    fn get_info(&self) -> ServerConfig {
        let info = Implementation::new(env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(info)
            .with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(declared()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let argument = |name: &str| {
            let value = request.arguments.as_ref().and_then(|arguments| arguments.get(name));
            value.and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
        };
        let result = match &*request.name {
            "ask" => argument("question").map_or_else(|| missing("question"), |question| self.ask(question)),
            "entry" => argument("id").map_or_else(|| missing("id"), |id| self.entry(id)),
            "sources" => self.sources(argument("id")),
            other => return Err(ErrorData::invalid_params(format!("there is no tool `{other}`"), None)),
        };
        Ok(result.into())
    }
}

/// The tools as assistants see them.
fn declared() -> Vec<Tool> {
    let question = json!({"type": "string", "description": "The question, as a person would ask it."});
    let entry = json!({"type": "string", "description": "The entry's id, from a reply or a source."});
    let source = json!({"type": "string", "description": "The source's id, for what rests on it."});
    let ask = "Ask the knowledge base a question. The reply is an answer with its citations, the \
               closest entry, entries that may be meant, or that the base does not know.";
    let read = "Read one entry: its answer, its standing and its citations.";
    let list = "List the sources that the answers rest on, or the entries that rest on one.";
    [
        ("ask", ask, "question", question, true),
        ("entry", read, "id", entry, true),
        ("sources", list, "id", source, false),
    ]
    .into_iter()
    .map(|(name, description, argument, schema, is_required)| {
        let required: Vec<&str> = is_required.then_some(argument).into_iter().collect();
        let mut input = JsonObject::new();
        input.insert("type".to_owned(), "object".into());
        input.insert("properties".to_owned(), json!({argument: schema}));
        input.insert("required".to_owned(), required.into());
        let hints = ToolAnnotations::new().read_only(true).idempotent(true).open_world(false);
        Tool::new(name, description, Arc::new(input)).with_annotations(hints)
    })
    .collect()
}

impl Tools {
    fn ask(&self, question: &str) -> CallToolResult {
        let reply = self.answerer.reply(question);
        // Candidates that were not sure enough are not offered to members either.
        let shown = Reply { candidates: visible(&reply), ..reply };
        said(self.reply_text(&shown), &ReplyJson::quoted(question, &shown).with_pages(|id| self.site.page_of(id)))
    }

    fn entry(&self, id: &str) -> CallToolResult {
        let base = self.answerer.base();
        match base.entry(id) {
            Some(entry) => {
                let page = self.site.page_of(&entry.id);
                said(self.entry_text(entry), &EntryJson::new(base, entry).with_page(page))
            }
            None => failed(format!("There is no entry `{id}`.")),
        }
    }

    fn sources(&self, id: Option<&str>) -> CallToolResult {
        let base = self.answerer.base();
        let Some(id) = id else {
            return said(source_list(base), &json!({"sources": SourceJson::listed(base)}));
        };
        match base.sources.iter().find(|source| source.id == id) {
            Some(source) => {
                let rests: Vec<String> = resting_on(base, source).map(mention).collect();
                let text = format!("{}\n{}\n", source.title, wording::published_by(source)) + &rests.concat();
                said(text, &json!({"sources": [SourceJson::new(base, source)]}))
            }
            None => failed(format!("There is no source `{id}`.")),
        }
    }
}

impl Tools {
    fn reply_text(&self, reply: &Reply<'_>) -> String {
        let offered: String = reply.offered().iter().map(|candidate| mention(candidate.entry)).collect();
        match (reply.outcome, reply.shown()) {
            (Outcome::Answer, Some(entry)) => self.entry_text(entry),
            (Outcome::Closest, Some(entry)) => format!("{}\n\n{}\n{offered}", wording::CLOSEST, self.entry_text(entry)),
            (Outcome::Suggest, _) => format!("{}\n{offered}", wording::SUGGEST),
            _ => wording::UNKNOWN.to_owned(),
        }
    }

    /// An entry, and where people can read it.
    fn entry_text(&self, entry: &Entry) -> String {
        let text = entry_text(entry);
        self.site.page_of(&entry.id).map_or_else(|| text.clone(), |page| format!("{text}\nPage: {page}"))
    }
}

/// The candidates that members see.
fn visible<'a>(reply: &Reply<'a>) -> Vec<Candidate<'a>> {
    match reply.outcome {
        Outcome::Answer => reply.candidates.iter().take(1).copied().collect(),
        Outcome::Closest | Outcome::Suggest => reply.candidates.clone(),
        Outcome::Unknown => Vec::new(),
    }
}

fn mention(entry: &Entry) -> String {
    format!("- {} (entry `{}`)\n", without_controls(&entry.question), entry.id)
}

/// An entry as a text that can be repeated: the question, the standing, the answer, the sources.
fn entry_text(entry: &Entry) -> String {
    let mut text = format!("{}\n", entry.question);
    let mut add = |line: &str| {
        text.push_str(line);
        text.push('\n');
    };
    if let Some(standing) = wording::standing(entry) {
        add(&standing);
    }
    add(&entry.answer.value);
    if let Some(as_of) = wording::as_of(entry) {
        add(&as_of);
    }
    add("\nSources:");
    for (number, cited) in (1..).zip(entry.cited()) {
        add(&format!("[{number}] {} · {}", cited.source.title, wording::origin(&cited)));
        for citation in entry.citations.iter().filter(|citation| citation.source.id == cited.source.id) {
            let phrases = citation.evidence.iter().map(|phrase| format!("“{}”", phrase.value));
            let mut line: Vec<String> = phrases.collect();
            line.extend(citation.link());
            if !line.is_empty() {
                add(&format!("    {}", line.join(" ")));
            }
        }
        if let Some(credit) = &cited.source.credit {
            add(&format!("    {credit}"));
        }
    }
    text.lines().map(without_controls).collect::<Vec<_>>().join("\n")
}

fn source_list(base: &KnowledgeBase) -> String {
    let mut text = String::new();
    for source in &base.sources {
        // Writing to a string does not fail.
        let _ = writeln!(text, "- {} · {} (source `{}`)", source.title, wording::published_by(source), source.id);
    }
    text
}

/// What a tool says, for people and as data.
fn said(text: String, data: &impl Serialize) -> CallToolResult {
    let mut result = CallToolResult::success(vec![ContentBlock::text(text)]);
    // Only a map whose keys are no texts cannot be JSON.
    result.structured_content = serde_json::to_value(data).ok();
    result
}

fn missing(argument: &str) -> CallToolResult {
    failed(format!("The argument `{argument}` is missing."))
}

fn failed(text: String) -> CallToolResult {
    CallToolResult::error(vec![ContentBlock::text(text)])
}
