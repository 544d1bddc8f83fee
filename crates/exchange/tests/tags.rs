//! The tags of bots on Discord: what Discord showed as it was typed stays as it was typed, and what
//! cannot be taken over is named.

use footnote_exchange::Format;

use super::{Imported, imported, imported_from};

fn tag(content: &str) -> Imported {
    let text = toml::Table::from_iter([(
        "berth".to_owned(),
        toml::Value::Table(toml::Table::from_iter([("content".to_owned(), content.into())])),
    )]);
    imported(&[("tags.toml", &text.to_string())])
}

#[test]
fn what_discord_shows_literally_stays_in_tags() {
    for content in [
        "Moor at <div> here",
        "the <p> and <a> element",
        "List<p>",
        "<b>never</b> with <kbd>x</kbd><br> or <img src=\"https://pier.example/a.png\">",
        "left <!-- hidden --> right",
        "first\n\n***\n\nsecond\n\n---\n\nthird",
        "---\nWarning: back up first\n---\nThen run it.",
        "above\n\n    sail --now  \n\n\n\nbelow",
        "see [note]\n\n[note]: https://pier.example",
        "```cast off\nnow```\nthen",
    ] {
        let it = tag(content);
        assert_eq!(it.answer("berth"), content);
        assert_eq!(it.said, Vec::<String>::new(), "{content:?}");
    }
    let it = imported(&[("tags/berth.md", "One.\n\n<br>\n\nTwo <br> three.\n"), ("tags/inn.md", "a\rb\n")]);
    assert_eq!((it.answer("berth"), it.answer("inn")), ("One.\n\n\n\nTwo <br> three.", "a\nb"));
    it.says("berth.md: `<br>` becomes a line break");
    assert_eq!(tag("slow\rahead\r\nstop").answer("berth"), "slow\nahead\nstop");
}

#[test]
fn every_keyword_and_key_of_a_tag_is_taken_or_named() {
    let it = imported(&[(
        "tags.toml",
        "schema = 1\n[a]\nkeywords = \"solo\"\ncontent = \"x\"\ncolor = 5\n\
         [b]\nkeywords = [\"c\", 7, false, \"=\"]\ncontent = \"x\"\ncolor = 6\n\
         hoisted = \"true\"\n[d]\nkeywords = [\"e\"]\n[f]\ncontent = 5\n",
    )]);
    assert_eq!((it.phrasings("a"), it.phrasings("b")), (vec!["solo"], vec!["c", "7"]));
    it.says("tags.toml:6: “b”: the keyword `false` is no text, and is left out");
    it.says("tags.toml:6: “b”: the keyword “=” has no word, and is left out");
    it.says("tags.toml:2: “a”: the key `color` is left out (the first of 2)");
    assert_eq!(it.said.iter().filter(|said| said.contains("`color`")).count(), 1);
    it.says("tags.toml:6: “b”: `hoisted` is neither true nor false, and is left out");
    it.says("tags.toml: “schema”: it is no tag, and is left out: 1");
    it.says("“d”: left out, because it has no answer");
    it.says("“f”: its content is no text, and is left out: 5");
    assert_eq!((it.read, it.base.entries.len()), (4, 2));
}

#[test]
fn front_matter_is_taken_or_named() {
    let it = imported(&[
        (
            "tags/a.md",
            "---\naliases: [yes, 12, 007, true]\nembed:\n  title: A?\n  colour: 3\n\
             owner: Ben\n---\nOne.\n",
        ),
        ("tags/b.md", "---\naliases: [bee]\nowner: Ada\n---\nTwo.\n"),
        ("tags/c.md", "---\nWarning: back up first\n---\nThree.\n"),
        ("tags/d.md", "---\naliases: [\n---\nFour.\n"),
    ]);
    assert_eq!(it.phrasings("a"), ["yes", "12", "007", "true"]);
    it.says("a.md: `owner` of the front matter is left out (the first of 2)");
    it.says("a.md: `colour` of the embed is left out");
    assert_eq!(it.answer("c"), "---\nWarning: back up first\n---\nThree.");
    assert_eq!(it.answer("d"), "---\naliases: [\n---\nFour.");
    it.says("d.md: what looks like front matter is no valid YAML, and stays in the answer");
}

#[test]
fn other_tags_are_found_by_any_way_to_call_them() {
    let it = imported(&[
        ("tags/a.md", "---\naliases: [bee]\n---\nSee `/tag b`, `!cee` and `!tags d`; not `!=`.\n"),
        ("tags/b.md", "Two.\n"),
        ("tags/c.md", "---\naliases: [cee]\n---\nThree.\n"),
        ("tags/d.md", "Four, not !c.\n"),
    ]);
    assert_eq!((it.related("a"), it.related("d")), (vec!["b", "d", "c"], vec![]));
    let it = imported(&[
        ("tags/a.tag", "type: text\naliases: b, 1.2\n\n---\nOne.\n"),
        ("tags/b.tag", "type: text\n\n---\nTwo: !tag 1.2.\n"),
        ("tags/c.tag", "type: text\n\n---\nThree: !!B\n"),
    ]);
    assert_eq!((it.related("b"), it.related("c")), (vec!["a"], vec!["b"]), "a name is before an alias");
}

#[test]
fn every_option_of_a_tag_is_taken_or_named() {
    let it = imported(&[
        (
            "tags/a.tag",
            "# for sailors\ntype: issue-only\ntitle: :x: Late\njust words\n\
             color: red\n\n---\nOne.\n",
        ),
        ("tags/b.tag", "tpye: text\ntitle: :x: Early\ntitle: Again\ncolor: blue\n---\nTwo.\n"),
        ("tags/c.tag", "Only words\n"),
    ]);
    assert_eq!((it.format, it.base.entries.len(), it.read), (Format::GeyserDiscordBot, 2, 3));
    for expected in [
        "a.tag: the line above the hyphens is left out: # for sailors",
        "a.tag: the line above the hyphens is left out: just words",
        "a.tag: `type: issue-only` is left out",
        "a.tag: the emoji `:x:` before a title is left out (the first of 2)",
        "a.tag: the option `color` is left out (the first of 2)",
        "b.tag: the option `tpye` is left out: text",
        "b.tag: the option `title` is left out: Again",
        "c.tag: the line above the hyphens is left out: Only words",
        "c.tag: left out, because it has no answer",
    ] {
        it.says(expected);
    }
}

#[test]
fn a_folder_of_tags_gives_its_tags_and_names_the_rest() {
    let files = [
        ("tags/README.md", "# About\n\n## Who?\n\nUs.\n"),
        ("tags/LICENSE", "Anyone: may\n"),
        ("tags/map.png", "x"),
        ("tags/inn", "type: text\n\n---\nAt the quay.\n"),
        ("tags/pier.tag", "tpye: text\n\n---\n90 metres.\n"),
        ("tags/sub/ferry.tag", "type: text\n\n---\n3 crowns.\n"),
    ];
    for form in [Some(Format::GeyserDiscordBot), None] {
        let it = imported_from(&files, "tags", form);
        let ids: Vec<&str> = it.base.entries.iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!(ids, ["ferry", "inn", "pier"], "{form:?}");
        for name in ["README.md", "LICENSE", "map.png"] {
            it.says(&format!("tags/{name}: it is no tag, and is ignored"));
        }
    }
    let it = imported_from(
        &[("q/faq.csv", "question,answer\nWho?,Ben\n"), ("q/a.docx", "x"), ("q/b.toml", "x = 1\n")],
        "q",
        None,
    );
    it.says("q/a.docx: its form is not known, and it is ignored");
    it.says("q/b.toml: its form is not known, and it is ignored");
}

#[test]
fn a_second_tag_of_the_same_title_is_asked_by_its_own_name() {
    let it = imported(&[
        ("tags/a.tag", "type: text\ntitle: Boats\naliases: ships\n---\nOne.\n"),
        ("tags/b.tag", "type: text\ntitle: boats?\naliases: c, skiffs, sloops\n---\nTwo.\n"),
        ("tags/bb.tag", "type: text\ntitle: Boats\n---\nTwo.\n"),
        ("tags/boats.tag", "type: text\ntitle: Boats\n---\nThree.\n"),
        ("tags/c.tag", "type: text\n---\nFour.\n"),
    ]);
    let asked = |id: &str| it.base.entry(id).unwrap().question.as_str();
    assert_eq!((asked("a"), asked("b"), asked("c")), ("Boats", "b", "c"));
    assert_eq!(it.phrasings("b"), ["c", "skiffs", "sloops"]);
    assert_eq!((it.read, it.base.entries.len()), (5, 3));
    it.says("b.tag: tags/a.tag asks “boats?” and answers otherwise: “b” is asked instead");
    it.says("boats.tag: left out, because tags/a.tag asks the same");
    it.says("bb.tag: left out, because tags/a.tag asks the same");
    let csv = "topic,question,answer\nFerry,How much?,3 crowns.\nPier,How much?,Nothing.\n\
               Pier,how much,Everything.\n";
    let it = imported(&[("faq.csv", csv)]);
    assert_eq!(it.answer("how-much-pier"), "Nothing.");
    assert_eq!(it.base.entries.len(), 2, "a topic names one of its entries");
    assert_eq!(it.base.entry("how-much-pier").unwrap().question, "How much? (Pier)");
}
