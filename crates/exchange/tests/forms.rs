//! The forms that are recognised.

use footnote_exchange::{ExportFormat, Format, export};

use super::imported;

#[test]
fn a_spreadsheet_says_by_its_first_row_what_its_columns_are() {
    let csv = "Category;Question;Answer;Aliases;Updated\n\
               Ferry;How much is the ferry?;\"3 crowns.\n\nDogs travel free; \
               \"\"really\"\".\";ferry fare | price;2024\n\
               Pier;How long is the pier?;90 metres.;;\n";
    let it = imported(&[("faq.csv", csv)]);
    assert_eq!(it.format, Format::Csv);
    assert_eq!(
        it.understood,
        "topic = “Category”, question = “Question”, answer = “Answer”, phrasings = “Aliases”; not \
            used: “Updated”"
    );
    assert_eq!(it.answer("how-much-is-the-ferry"), "3 crowns.\n\nDogs travel free; \"really\".");
    assert_eq!(it.phrasings("how-much-is-the-ferry"), ["ferry fare", "price"]);
    let topics: Vec<(&str, &str)> =
        it.base.topics.iter().map(|topic| (topic.id.as_str(), topic.title.as_str())).collect();
    assert_eq!(topics, [("ferry", "Ferry"), ("pier", "Pier")]);
    let cited = &it.base.entries[0].citations[0].source;
    assert_eq!((cited.id.as_str(), cited.is_default), ("faq", true));
}

#[test]
fn a_spreadsheet_without_names_has_questions_first() {
    let table = "Where is the inn?\tAt the quay.\nWhen does it open?\tAt noon.\n";
    let it = imported(&[("faq.tsv", table)]);
    assert_eq!((it.format, it.base.entries.len()), (Format::Tsv, 2));
    assert_eq!(it.answer("where-is-the-inn"), "At the quay.");
}

#[test]
fn records_are_found_however_deep_they_are() {
    let qnabot = r#"{"qna": [{"qid": "Ferry.Price", "q": ["How much is the ferry?", "ferry fare"],
        "a":
            "3 crowns."}]}"#;
    let it = imported(&[("qnabot.json", qnabot)]);
    assert_eq!((it.format, it.answer("ferry-price")), (Format::Json, "3 crowns."));
    assert_eq!(it.phrasings("ferry-price"), ["ferry fare"]);
    let botpress = r#"{"qnas": [{"id": "inn", "data": {"questions": {"en": ["Where is the inn?",
        "inn"]},
        "answers": {"en": ["At the quay."]}}}]}"#;
    assert_eq!(imported(&[("botpress.json", botpress)]).answer("where-is-the-inn"), "At the quay.");
    let pairs = imported(&[(
        "faq.json",
        r#"{"Where is the inn?": "At the quay.", "When?":
        "At noon."}"#,
    )]);
    assert_eq!(pairs.answer("when"), "At noon.");
    let yaml = "- question: Where is the inn?\n  answer: |\n    At the quay.\n\n    Behind the \
        light.\n  aliases: [inn, tavern]\n";
    let it = imported(&[("faq.yml", yaml)]);
    assert_eq!((it.format, it.answer("where-is-the-inn")), (Format::Yaml, "At the quay.\n\nBehind the light."));
}

#[test]
fn a_page_of_markdown_has_a_heading_for_each_question() {
    let page = "---\ntitle: x\n---\n# The harbour\n\n* [Ferry](#price)\n* \
        [Pier](#how-long-is-the-pier)\n\n\
        ## Ferry\n\n<h3 name=\"price\">\nHow much is the *ferry*?\n</h3>\n\nThree crowns, \
        which\nchildren do <b>not</b> pay. \
        See [the pier](#how-long-is-the-pier) and [the\nlist][1].\n\n#### Dogs\n\n    free \
        --dogs\n\n\
        | a | b |\n|---|---|\n| 1 | 2 |\n\n![a map](https://pier.example/map.png)<br>\n\
        ### How long is the `pier`? {#pier}\n\n- 90 metres,\n  or so\n- \
        [see](docs/pier.md)\n\n[1]: https://pier.example\n";
    let it = imported(&[("FAQ.md", page)]);
    assert_eq!(it.understood, "each heading of level 3 is a question, in 1 group");
    let expected = "Three crowns, which children do **not** pay. See the pier and [the \
        list](https://pier.example).\n\n\
        **Dogs**\n\n```\nfree --dogs\n```\n\n```\n| a | b |\n|---|---|\n| 1 | 2 |\n```";
    assert_eq!(it.answer("how-much-is-the-ferry"), expected);
    assert_eq!(it.related("how-much-is-the-ferry"), ["how-long-is-the-pier"]);
    assert_eq!(it.base.entries[0].image.as_deref(), Some("https://pier.example/map.png"));
    assert_eq!(it.answer("how-long-is-the-pier"), "- 90 metres, or so\n- see");
    assert_eq!(it.base.topics[0].title, "The harbour");
    it.says(
        "FAQ.md:28: “How long is the pier?”: the link `docs/pier.md` has no full address: its \
        text is kept",
    );
    it.says("Discord shows no tables");
}

#[test]
fn questions_that_unfold_or_are_bold_are_headings_too() {
    let unfold = "# FAQ\n<details>\n<summary>Where is the inn?</summary>\n\nAt the \
        quay.\n</details>\n\
        <details><summary><b>When?</b></summary>\n\nAt noon.\n\n</details>\n";
    let it = imported(&[("faq.md", unfold)]);
    assert_eq!((it.answer("where-is-the-inn"), it.answer("when")), ("At the quay.", "At noon."));
    let bold = "**Where is the inn?**\n\nAt the quay.\n\nQ: When?\nA: At noon.\n";
    let it = imported(&[("faq.md", bold)]);
    assert_eq!((it.answer("where-is-the-inn"), it.answer("when")), ("At the quay.", "At noon."));
}

#[test]
fn qna_makers_records_and_lines_keep_their_prompts() {
    let json = r#"{"qnaList": [
        {"id": 1, "answer": "3 crowns.", "source": "Editorial", "questions":
        ["How much is the ferry?", "ferry fare"],
         "metadata": [{"name": "category", "value": "ferry"}],
         "context": {"isContextOnly": false, "prompts": [{"displayOrder": 0, "qnaId": 2,
         "displayText": "Dogs"}]}},
        {"id": 2, "answer": "Free.", "source": "https://pier.example", "questions": ["And dogs?"],
        "metadata": []}]}"#;
    let it = imported(&[("kb.json", json)]);
    assert_eq!((it.format, it.phrasings("how-much-is-the-ferry")), (Format::QnaMaker, vec!["ferry fare"]));
    assert_eq!(it.related("how-much-is-the-ferry"), ["and-dogs"]);
    assert_eq!(it.base.entries[1].citations[0].url.as_deref(), Some("https://pier.example"));
    let newer = r#"{"FileVersion": "1", "Assets": {"Qnas": [
        {"Id": 1, "Answer": "3 crowns.", "Questions": ["How much?"], "Metadata": [], "Context":
        {"Prompts": []}}]}}"#;
    assert_eq!(imported(&[("kb.json", newer)]).answer("how-much"), "3 crowns.");
    let tsv = "Question\tAnswer\tSource\tMetadata\tSuggestedQuestions\tIsContextOnly\tPrompts\tQnaId\n\
        How much?\t3 crowns.\\nDogs free.\tEditorial\tkind:ferry\t[]\tFalse\t[]\t1\n\
        ferry fare\t3 crowns.\\nDogs free.\tEditorial\t\t[]\tFalse\t[]\t1\n";
    let it = imported(&[("kb.tsv", tsv)]);
    assert_eq!((it.answer("how-much"), it.phrasings("how-much")), ("3 crowns.\nDogs free.", vec!["ferry fare"]));
}

#[test]
fn rasas_intents_find_the_responses_that_follow() {
    let nlu = "version: \"3.1\"\nnlu:\n- intent: faq/price\n  examples: |\n    - How much to \
        [Oslo](city)?\n    - fare\n\
        - intent: ask_inn\n  examples: |\n    - Where is the inn?\n- intent: greet\n  examples: \
        |\n    - hi\n";
    let domain = "responses:\n  utter_faq/price:\n  - text: 3 crowns.\n  - text: Three crowns.\n  \
        utter_inn:\n  - text: |\n      At the quay.\n    image: https://pier.example/inn.png\n";
    let rules = "rules:\n- rule: inn\n  steps:\n  - intent: ask_inn\n  - action: utter_inn\n";
    let it = imported(&[("bot/nlu.yml", nlu), ("bot/domain.yml", domain), ("bot/rules.yml", rules)]);
    assert_eq!((it.format, it.base.topics[0].id.as_str()), (Format::Rasa, "bot"));
    assert_eq!((it.answer("price"), it.answer("ask-inn")), ("3 crowns.", "At the quay."));
    assert_eq!(it.base.entry("price").unwrap().question, "How much to Oslo?");
    it.says("bot/nlu.yml: “greet”: left out, because no response follows this intent");
    it.says("another wording of the answer is left out: Three crowns.");
}

#[test]
fn the_tags_of_two_bots_are_entries() {
    let toml = "[slash-limits]\nkeywords = [\"/limits\", \"slash-command-limits\", \
        \">\"]\ncontent = \"\"\"\n\
        Read <message> at the [docs](https://pier.example)\n\"\"\"\nhoisted = true\n";
    let it = imported(&[("tags.toml", toml)]);
    assert_eq!(it.format, Format::DiscordUtilsBot);
    assert_eq!(it.answer("slash-limits"), "Read <message> at the [docs](https://pier.example)");
    assert_eq!(it.phrasings("slash-limits"), ["/limits", "slash command limits"]);
    it.says("tags.toml:1: “slash-limits”: the keyword “>” has no word");
    it.says("it was offered before the others; `pinned = true` does that");
    let coloured = "[npm]\ncontent = \"\"\"\n```ansi\n\\u001B[0;31mnpm \\u001B[0;0muninstall x\n```\"\"\"\n";
    let it = imported(&[("tags.toml", coloured)]);
    assert_eq!(it.answer("npm"), "```ansi\nnpm uninstall x\n```");
    it.says("colours of a terminal are removed");
    let tag = "---\naliases: [\"kwargs\"]\nembed:\n    title: \"The `*args` \
        parameter\"\n---\n\nTakes any.\nAlways.\n";
    let it =
        imported(&[("tags/args-kwargs.md", tag), ("tags/sub/floats.md", "Floats are inexact: `!tags args-kwargs`.\n")]);
    assert_eq!(it.format, Format::PythonDiscord);
    assert_eq!(
        (it.answer("args-kwargs"), it.answer("floats")),
        ("Takes any.\nAlways.", "Floats are inexact: `!tags args-kwargs`.")
    );
    assert_eq!(it.related("floats"), ["args-kwargs"]);
    assert_eq!(it.phrasings("args-kwargs"), ["args kwargs", "kwargs"]);
}

#[test]
fn a_tag_with_bold_questions_is_one_entry_among_tags() {
    let (folder, _) = super::written(&[
        (
            "tags/tides.md",
            "**Why are there tides?**\n\nThe moon.\n\n**What is a \
            neap tide?**\n\nA low one.\n",
        ),
        ("tags/inn.md", "At the quay.\n"),
        ("tags/pier.md", "90 metres.\n"),
    ]);
    let reading = footnote_exchange::read(&[folder.path().join("tags")], None).unwrap();
    let formats: Vec<Format> = reading.parts.iter().map(|part| part.format).collect();
    assert_eq!((formats, reading.parts[0].items.len()), (vec![Format::PythonDiscord], 3));
}

#[test]
fn a_folder_of_tags_with_options_has_a_topic_for_each_folder() {
    let full = "type: text\ntitle: :x: Ferry is late\naliases: late, ferrylate\nissues: E42: no \
        ferry || no boat\ncolor: errors\nbutton: [Prices](https://pier.example/prices)\nsound: \
        horn\n\n---\n\nWait.\nAsk with `!!inn`.\n";
    let it = imported(&[
        ("tags/errors/ferry.tag", full),
        ("tags/info/inn.tag", "type: raw\n\n---\n\nhttps://inn.example\n"),
        ("tags/info/map.tag", "type: text\nimage: https://pier.example/map.png\n\n---\n"),
    ]);
    assert_eq!((it.format, it.base.entries.len(), it.base.topics.len()), (Format::GeyserDiscordBot, 3, 2));
    assert_eq!(it.base.entries[0].citations[0].source.id, "tags");
    assert_eq!(it.base.entry("ferry").unwrap().question, "Ferry is late");
    assert_eq!(it.answer("ferry"), "Wait.\nAsk with `!!inn`.\n\n[Prices](https://pier.example/prices)");
    assert_eq!(it.phrasings("ferry"), ["ferry", "late", "ferrylate", "E42: no ferry", "no boat"]);
    assert_eq!(it.related("ferry"), ["inn"]);
    assert_eq!((it.answer("inn"), it.answer("map")), ("https://inn.example", "https://pier.example/map.png"));
    it.says("tags/errors/ferry.tag: the option `sound` is left out: horn");
    it.says("tags/info/map.tag: its answer is only a picture: describe it in words");
}

#[test]
fn what_is_exported_can_be_imported() {
    let csv = "id,topic,question,phrasings,answer,image\n\
        price,Ferry,How much?,fare | tariff,\"3 crowns:\n- \"\"dogs\"\" \
        free\",https://pier.example/a.png\n";
    let it = imported(&[("faq.csv", csv)]);
    for (format, name) in [(ExportFormat::Csv, "out.csv"), (ExportFormat::Json, "out.json")] {
        let again = imported(&[(name, &export(&it.base, format))]);
        let of = |base: &footnote_knowledge::KnowledgeBase| {
            let entry = base.entry("price").unwrap();
            let phrasings: Vec<String> = entry.phrasings.iter().map(|phrasing| phrasing.value.clone()).collect();
            (entry.question.clone(), phrasings, entry.answer.value.clone(), entry.image.clone())
        };
        assert_eq!(of(&again.base), of(&it.base), "{name}");
        assert_eq!(again.said, Vec::<String>::new(), "{name}");
    }
    let page = export(&it.base, ExportFormat::Markdown);
    assert_eq!(
        page,
        "# Ferry\n\n## How much?\n\n3 crowns:\n- \"dogs\" \
            free\n\n![](https://pier.example/a.png)\n\n*Source: faq.csv*\n"
    );
}
