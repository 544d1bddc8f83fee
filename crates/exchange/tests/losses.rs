//! Nothing is cut, nothing is overwritten, and what does not fit is named and kept.

use std::fs;
use std::path::Path;

use footnote_exchange::{Format, PlanError, read};
use footnote_knowledge::lint::IMPORTED_NOTE;

use super::{imported, planned, written};

#[test]
fn a_long_question_is_asked_by_a_sentence_and_stays_whole() {
    let long = format!("How much is the ferry? I mean the one {}to the island", "that goes over ".repeat(8));
    let word = "x".repeat(101);
    let it = imported(&[("faq.csv", &format!("question,answer\n{long},3 crowns.\n{word},No.\n"))]);
    assert_eq!(it.phrasings("how-much-is-the-ferry"), [long.as_str()]);
    it.says("“How much is the ferry?” is asked instead, and the whole question is a phrasing");
    it.says("left out, because the question has 101 characters, and 100 fit: shorten it");
    assert!(it.file("faq.toml").contains(&format!("# question = \"{word}\"\n# answer = \"No.\"")));
}

#[test]
fn a_long_answer_becomes_several_entries() {
    let paragraph = "Words of an answer. ".repeat(60);
    let answer = [paragraph.trim(); 8].join("\n\n");
    let it = imported(&[("faq.json", &serde_json::json!([{ "question": "Why?", "answer": answer }]).to_string())]);
    assert_eq!(it.base.entries.len(), 3);
    let whole: Vec<&str> = it.base.entries.iter().map(|entry| entry.answer.value.as_str()).collect();
    assert_eq!(whole.join("\n\n"), answer);
    assert_eq!(it.related("why-2"), ["why", "why-3"]);
    it.says("it is divided into 3 entries");
}

#[test]
fn a_divided_answer_closes_its_code_and_opens_it_again() {
    let code = "let rope = coil(7);\n".repeat(300);
    for (before, open, close) in [("Read:\n", "```js\n", "```"), ("- so ", "```js\n", "```"), ("", "~~~\n", "~~~")] {
        let answer = format!("A ```short``` one.\n\n{before}{open}{code}{close}\n\nThe end.");
        let it = imported(&[("faq.json", &serde_json::json!([{ "question": "Why?", "answer": answer }]).to_string())]);
        let parts: Vec<&str> = it.base.entries.iter().map(|entry| entry.answer.value.as_str()).collect();
        assert_eq!(parts.len(), 2, "{parts:#?}");
        let mark = &open[..3];
        assert!(parts[0].ends_with(mark), "{}", parts[0]);
        assert!(parts[1].starts_with(open), "{}", parts[1]);
        for part in &parts {
            assert_eq!(part.matches(mark).count() % 2, 0, "{part}");
        }
        let rest = [parts[0].strip_suffix(mark).unwrap().trim_end(), parts[1].strip_prefix(open).unwrap()];
        assert_eq!(rest.join("\n"), answer);
    }
}

#[test]
fn markup_that_is_left_out_is_named() {
    let json = r#"[
        {"question": "Who?", "answer": "Use <div> here, <b>not</b> <sub>2</sub> <!-- so -->.<br>The <p> element"},
        {"question": "What?", "answer": "---\nNote: first\n---\nx <sub>3</sub>\n\n***\n\n[a](#b) [c]\n\n[d]: https://d.example"}
    ]"#;
    let it = imported(&[("faq.json", json)]);
    assert_eq!(it.answer("who"), "Use <div> here, **not** 2 .\nThe <p> element");
    assert_eq!(it.answer("what"), "Note: first\n---\nx 3\n\na [c]\n\n[d]: https://d.example");
    it.says("“Who?”: the HTML `<sub>` is left out (the first of 2)");
    it.says("“Who?”: a comment is left out: so");
    it.says("“What?”: a rule between paragraphs is left out (the first of 2)");
    it.says("“What?”: the link `#b` has no full address: its text is kept");
    let qna = r#"{"qnaList": [{"id": 1, "questions": ["Who?"],
        "answer": "<p>One</p><p>Two<div>Three</div>List<ul><li>a</li><li>b</li></ul>"}]}"#;
    let it = imported(&[("kb.json", qna)]);
    assert_eq!(it.answer("who"), "One\n\nTwo\nThree\nList\n- a\n- b");
    it.says("the HTML `<p>` is left out (the first of 2)");
    it.says("the HTML `<div>` is left out");
    let page = "---\ntitle: x\nowner: Ben\n---\n# Who?\n\n<div align=\"center\">\n\nBen.\n\n</div>\n\n---\n\n\
        Note: mind\n\n***\n\n![a map](https://pier.example/a.png)\n\n```js title=\"a.js\"\nx\n```\n\n\
        # When?\n\nNow.\n\n[d]: https://d.example\n";
    let it = imported(&[("faq.md", page)]);
    assert_eq!(it.answer("who"), "Ben.\n\nNote: mind\n\n```js\nx\n```");
    it.says("faq.md:1: 2 lines of front matter, left out: “title: x…”");
    it.says("“Who?”: the HTML `<div>` is left out");
    it.says("“Who?”: a rule between paragraphs is left out (the first of 2)");
    it.says("“Who?”: the picture's description is left out: a map");
    it.says("“Who?”: what stands behind the language of code is left out: title=\"a.js\"");
    it.says("“When?”: an address that nothing refers to is left out: [d]: https://d.example");
}

#[test]
fn titles_comments_and_pictures_within_links_are_kept_or_named() {
    let page = "# Who?\n\n[Ben][] of [the inn][inn], \
        [![a sign](https://pier.example/a.png)](https://inn.example)\n\n\
        <a href=\"https://inn.example\"><img src=\"https://pier.example/c.png\" alt=\"c\"></a>\n\n\
        ![](https://pier.example/b.png \"b\") <!-- not <b>Ada</b> -->\n\n\
        :::tip Ask him\nNow.\n:::\n\n\
        [ben]: https://ben.example\n[inn]: https://inn.example \"open\"\n";
    let it = imported(&[("faq.md", page)]);
    let expected = "[Ben](https://ben.example) of [the inn](https://inn.example \"open\"), \
        [a sign](https://inn.example)\n\n[c](https://inn.example)\n\n**Tip: Ask him** Now.";
    assert_eq!(it.answer("who"), expected);
    it.says("of a picture within a link, only the description is kept: https://pier.example/a.png");
    it.says("“Who?”: the picture's description is left out: b");
    it.says("“Who?”: a comment is left out: not <b>Ada</b>");
}

#[test]
fn a_reference_that_leads_nowhere_is_named() {
    let page = "# Who?\n\nSee [the pier](#pier), [the inn](#inn) and [above](#who).\n\n\
        # The pier {#pier}\n\n90 metres.\n";
    let it = imported(&[("faq.md", page)]);
    assert_eq!(it.related("who"), ["the-pier"]);
    it.says("“Who?”: the link to `inn` leads to no entry: only its text is kept");
    assert_eq!(it.said.len(), 1, "{:#?}", it.said);
    let qna = r#"{"qnaList": [{"id": 1, "questions": ["Who?"], "answer": "Ben.",
        "context": {"prompts": [{"qnaId": 7, "displayText": "Why?"}]}}]}"#;
    imported(&[("kb.json", qna)]).says("“Who?”: the prompt “Why?” leads to no entry, and is left out");
}

#[test]
fn fields_that_have_no_place_in_an_entry_are_named() {
    let json = r#"{"version": 3,
        "faq": [{"question": {"en": "Who?", "de": "Wer?"}, "answer": "Ben."}]
        }"#;
    let it = imported(&[("faq.json", json)]);
    assert!(it.understood.ends_with("; not used: “question.en”, “version”"), "{}", it.understood);
    let pairs = r#"{"Who?": {"answer": "Ben.", "author": "Ada"}, "When?": "Now."}"#;
    let it = imported(&[("faq.json", pairs)]);
    assert!(it.understood.ends_with("its value the answer; not used: “author”"), "{}", it.understood);
    let qna = r#"{"qnaList": [
        {"id": 1, "questions": ["Who?"], "answer": "Ben.", "source": "Editorial", "dialog": {},
         "lastUpdated": "2024",
         "metadata": [{"name": "kind", "value": "people"}],
         "context": {"isContextOnly": true, "prompts": []}},
        {"id": 2, "questions": ["When?"], "answer": "Now.", "source": "Editorial", "lastUpdated": "2025"}]}"#;
    let it = imported(&[("kb.json", qna)]);
    for expected in [
        "“Who?”: the source “Editorial” is no address, and is left out (the first of 2)",
        "“Who?”: the field `lastUpdated` is left out (the first of 2)",
        "“Who?”: the value of `kind` becomes a keyword",
        "“Who?”: it was only shown after another question; an entry is always shown",
    ] {
        it.says(expected);
    }
    let tsv = "Question\tAnswer\tSource\tMetadata\tSuggestedQuestions\tQnaId\n\
        Who?\tBen.\tEditorial\t\t[]\t1\n";
    let it = imported(&[("kb.tsv", tsv)]);
    assert!(it.understood.ends_with("; not used: “SuggestedQuestions”"), "{}", it.understood);
    let bot = "version: \"3.1\"\nnlu:\n- intent: who\n  examples: \"- Who?\"\n\
        - intent: hello\n  examples: \"- Hi\"\n\
        - synonym: who\n  examples: \"- whom\"\n\
        responses:\n  utter_who:\n  - text: Ben.\nslots:\n  a: b\n";
    let it = imported(&[("bot.yml", bot)]);
    assert_eq!((it.read, it.base.entries.len()), (2, 1));
    it.says("“hello”: left out, because no response follows this intent");
    it.says("bot.yml: `slots` is left out");
    it.says("bot.yml: “who”: this `synonym` is left out");
    assert!(it.file("bot.toml").contains("# question = \"Hi\""));
}

#[test]
fn what_cannot_be_an_entry_is_named_with_its_place() {
    let csv = "question,answer,image\nWhere?,,\n,Nowhere.,\nWhen?,Now.,map.png\nwhen,Then.,\nWho?,<b>I</b>,,more\n";
    let it = imported(&[("faq.csv", csv)]);
    for expected in [
        "faq.csv:2: “Where?”: left out, because it has no answer",
        "faq.csv:3: left out, because it has no question",
        "faq.csv:4: “When?”: the address of the picture is not complete, and is left out: map.png",
        "faq.csv:6: “Who?”: there is a cell beyond the last column, which is left out: more",
    ] {
        it.says(expected);
    }
    assert!(it.said.iter().any(|said| said.starts_with("faq.csv:5: “when”: left out, because line 4 of")));
    assert_eq!(it.base.entries.len(), 2);
}

#[test]
fn every_value_of_a_record_becomes_an_entry_or_is_named() {
    let pairs = r#"{"Who?":"Ben","What?":["a","b"],"How?":{"answer":"so","keywords":["way"]},"Count?":5,
        "Why?":null,"Whether?":true}"#;
    let it = imported(&[("faq.json", pairs)]);
    let answers = ["who", "what", "how", "count"].map(|id| it.answer(id));
    assert_eq!(answers, ["Ben", "a", "so", "5"]);
    assert_eq!(it.understood, "each name is a question, and its value the answer");
    it.says("“What?”: there is another answer, which is left out: b");
    it.says("“Why?”: left out, because it has no answer");
    it.says("“Whether?”: left out, because it has no answer");
    let records = r#"[{"question":"Who?","answer":"Ben"},{"question":"Why?","answer":null},{"question":"When?"},
        {"answer":"There."}]"#;
    let it = imported(&[("faq.json", records)]);
    assert_eq!(it.base.entries.len(), 1);
    it.says("“Why?”: left out, because it has no answer");
    it.says("“When?”: left out, because it has no answer");
    it.says("“record 4”: left out, because it has no question");
}

#[test]
fn a_picture_without_a_description_leaves_nothing_and_says_so() {
    let page = "# Who?\n\nYes ![](img/a.png) and ![a map](img/b.png).\n\n# When?\n\nNow.\n";
    let it = imported(&[("faq.md", page)]);
    it.says("the picture `img/a.png` has no full address: nothing of it is kept");
    it.says("the picture `img/b.png` has no full address: its description is kept");
}

#[test]
fn a_base_that_is_there_stays_as_it_is() {
    let (folder, paths) = written(&[("faq.csv", "question,answer\nWhere?,There.\n")]);
    let into = folder.path().join("kb");
    planned(&paths, &into).unwrap().0.write().unwrap();
    let before = fs::read_to_string(into.join("faq.toml")).unwrap();
    fs::write(&paths[0], "question,answer\nWhere?,There.\nWhen?,Now.\n").unwrap();
    let (plan, ..) = planned(&paths, &into).unwrap();
    assert_eq!((plan.entries, plan.files[0].name.as_str(), plan.are_sources_new), (1, "faq-2.toml", false));
    plan.write().unwrap();
    assert_eq!(fs::read_to_string(into.join("faq.toml")).unwrap(), before);
    assert_eq!(footnote_knowledge::load(&into).unwrap().entries.len(), 2);
    // A second plan of the same is in the way of its own files.
    assert!(matches!(plan.write(), Err(PlanError::Write { .. })));
    assert!(matches!(planned(&paths, &into), Err(PlanError::Nothing { read: 2, .. })));
}

#[test]
fn a_base_without_a_default_source_gets_one_of_its_own() {
    let (folder, paths) = written(&[
        ("faq.csv", "question,answer\nWhere?,There.\n"),
        ("kb/sources.toml", "[[source]]\nid = \"faq\"\ntitle = \"A\"\nkind = \"wiki\""),
        (
            "kb/a.toml",
            "title = \"A\"\n[defaults]\nsource = \"faq\"\n[[entry]]\nid = \"a\"\nquestion = \"A \
                b?\"\nanswer = \"C.\"\n",
        ),
    ]);
    let into = folder.path().join("kb");
    let (plan, ..) = planned(&paths[..1], &into).unwrap();
    plan.write().unwrap();
    assert!(plan.adds_source());
    let base = footnote_knowledge::load(&into).unwrap();
    let cited = |id: &str| base.entry(id).unwrap().citations[0].source.id.clone();
    assert_eq!((cited("a").as_str(), cited("where").as_str()), ("faq", "faq-2"));
}

#[test]
fn each_file_is_a_source_of_its_own_that_says_what_it_is() {
    let it = imported(&[
        ("a.csv", "question,answer\nWhere?,There.\n"),
        ("m.md", "# The pier\n\n## Who?\n\nBen.\n\n## When?\n\nNow.\n"),
        ("n.json", r#"{"How?": "So."}"#),
        ("none.json", r#"{"Where?": "Elsewhere."}"#),
    ]);
    let cited = |id: &str| {
        let source = &it.base.entry(id).unwrap().citations[0].source;
        (source.title.as_str(), source.note.as_deref(), source.is_default)
    };
    let note = Some(IMPORTED_NOTE);
    assert_eq!(cited("where"), ("a.csv", note, false));
    assert_eq!(cited("who"), ("The pier", note, false));
    assert_eq!(cited("how"), ("n.json", note, false));
    assert_eq!(it.base.sources.len(), 3, "a file without an entry is no source");
}

#[test]
fn what_has_no_known_form_is_refused_with_the_way_out() {
    let refused = |name: &str, text: &[u8], format: Option<Format>| {
        let (folder, _) = written(&[]);
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        let error = read(std::slice::from_ref(&path), format).unwrap_err();
        let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
        format!("{error} {cause}").replace(&path.display().to_string(), name)
    };
    assert_eq!(refused("a.docx", b"x", None), "it is not clear which form `a.docx` has: name it with --as ");
    assert!(
        refused("a.csv", b"Question,Notes\nx,y\n", None).contains("it needs a column `question` and a column `answer`")
    );
    assert!(refused("a.json", b"{", None).contains("`a.json` is not valid json: EOF while parsing"));
    assert!(refused("a.yaml", b"- a: [", None).contains("`a.yaml` is not valid yaml: "));
    assert!(
        refused("a.csv", b"question,answer\n\xe4,b\n", None).contains("line 2 is not UTF-8: save the file as UTF-8")
    );
    let (folder, _) = written(&[]);
    assert!(read(&[folder.path().join("none.csv")], None).unwrap_err().to_string().starts_with("cannot read"));
    assert!(!Path::new("kb").exists());
}
