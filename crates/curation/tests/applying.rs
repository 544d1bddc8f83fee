//! Writing a change: two at once, a file that was edited meanwhile, a base with an error, a disk
//! that fails.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use footnote_curation::{
    CHANGES_FILE, Change, Curation, CurationError, Disk, Edit, Folders, RealDisk, Recovered, Settings, history,
};

use crate::library::{HOURS, Library, approval, make, snapshot};

#[test]
fn the_record_says_who_what_when_and_why() {
    let library = Library::new();
    let applied = make(&library.curation(), &Change::add_phrasing("loan-period", "weeks"));
    let record = &applied.record;
    let line = format!(
        r#"{{"id":"{}","time":"2025-03-27T18:00:00Z","author":{{"role":"curator"}},"approver":{{"role":"moderator"}},"reason":"asked three times","file":"hours.toml","before":"{}","after":"{}","change":{{"kind":"add_phrasing","entry":"loan-period","phrasing":"weeks"}}}}"#,
        record.id,
        record.before.as_ref().unwrap(),
        record.after,
    );
    assert_eq!(library.read(CHANGES_FILE), line + "\n");
    let mut settings = Settings::new(Folders::one(library.folder()));
    settings.members = true;
    make(&Curation::new(settings), &Change::add_phrasing("loan-period", "months"));
    let records = history(&library.folder()).unwrap();
    let members: Vec<_> = records.iter().map(|record| record.author.member.as_deref()).collect();
    assert_eq!(members, [None, Some("80351110224678912")]);
    assert_eq!(records[0].after, *records[1].before.as_ref().unwrap());
}

#[test]
fn a_file_that_was_edited_meanwhile_is_left_alone() {
    let library = Library::new();
    let curation = library.curation();
    let before = snapshot(&curation);
    let change = Change::add_phrasing("loan-period", "weeks");
    let (preview, again) = (before.preview(&change, &[]).unwrap(), before.preview(&change, &[]).unwrap());
    assert_eq!(preview.seal(), again.seal());
    assert_eq!(preview.difference(), {
        let line = HOURS.lines().find(|line| line.contains("loan period")).unwrap();
        format!("-{line}\n+{}\n", line.replace("loan\"]", "loan\", \"weeks\"]"))
    });
    // Another file counts too: the effect that was shown depends on it.
    let fees = library.read("fees.toml").replace("20 cents a day", "30 cents a day");
    fs::write(library.folder().join("fees.toml"), &fees).unwrap();
    let error = curation.apply(preview, &approval()).unwrap_err();
    assert!(matches!(error, CurationError::Stale { .. }), "{error}");
    assert!(error.to_string().contains("look at it again"), "{error}");
    assert!(!curation.is_current(&before).unwrap());
    assert_eq!((library.read("hours.toml").as_str(), library.read("fees.toml")), (HOURS, fees));
    assert!(!library.folder().join(CHANGES_FILE).exists());
    let now = snapshot(&curation);
    assert!(curation.is_current(&now).unwrap());
    let preview = now.preview(&change, &[]).unwrap();
    assert_ne!(preview.seal(), again.seal());
    curation.apply(preview, &approval()).unwrap();
}

#[test]
fn a_base_with_an_error_is_not_changed_and_gets_none() {
    let library = Library::new();
    let curation = library.curation();
    let before = snapshot(&curation);
    let edit =
        |answer: &str| Change::edit_entry("late-fee", Edit { answer: Some(answer.to_owned()), ..Edit::default() });
    let preview = before.preview(&edit("20 cents a day."), &[]).unwrap();
    assert!(!preview.is_applicable() && preview.entry().is_none());
    assert!(preview.findings().to_string().contains("does not name Ada Quill"), "{}", preview.findings());
    let error = curation.apply(preview, &approval()).unwrap_err();
    assert!(error.to_string().contains("the base would have 1 error, 0 warnings"), "{error}");
    // Two entries with one question are an error of the search, not of the loader.
    let same = Edit { question: Some("What does a library card cost, by Ada Quill?".to_owned()), ..Edit::default() };
    let same = before.preview(&Change::edit_entry("late-fee", same), &[]).unwrap();
    assert!(same.is_applicable(), "{}", same.findings());
    let equal = Edit { question: Some("when is the library open".to_owned()), ..Edit::default() };
    let equal = before.preview(&Change::edit_entry("loan-period", equal), &[]).unwrap();
    assert!(equal.entry().is_some() && !equal.is_applicable(), "{}", equal.findings());

    fs::write(library.folder().join("broken.toml"), "title = ").unwrap();
    let change = before.preview(&Change::add_phrasing("loan-period", "weeks"), &[]).unwrap();
    assert!(matches!(curation.apply(change, &approval()), Err(CurationError::Stale { .. })));
    let error = curation.snapshot(crate::library::THRESHOLDS, 0.5).unwrap_err();
    assert!(error.to_string().starts_with("nothing was changed, because the base cannot be used"), "{error}");
    assert_eq!(library.read("hours.toml"), HOURS);
}

#[test]
fn changes_at_once_come_one_after_the_other_and_none_is_lost() {
    let library = Library::new();
    let stale = AtomicUsize::new(0);
    thread::scope(|scope| {
        for thread in 0..4 {
            let (curation, stale) = (library.curation(), &stale);
            scope.spawn(move || {
                for number in 0..4 {
                    let change = Change::add_phrasing("loan-period", &format!("weeks {thread} {number}"));
                    while let Err(error) =
                        curation.apply(snapshot(&curation).preview(&change, &[]).unwrap(), &approval())
                    {
                        assert!(matches!(error, CurationError::Stale { .. }), "{error}");
                        stale.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    let base = footnote_knowledge::load(&library.folder()).unwrap();
    assert_eq!(base.entry("loan-period").unwrap().phrasings.len(), 5 + 16);
    let records = history(&library.folder()).unwrap();
    assert_eq!(records.len(), 16);
    assert!(records.windows(2).all(|pair| pair[1].before.as_ref() == Some(&pair[0].after)));
}

/// Fails from a step on.
#[derive(Debug)]
struct FullDisk {
    steps: AtomicUsize,
    from: usize,
}

impl FullDisk {
    fn step(&self) -> io::Result<()> {
        let step = self.steps.fetch_add(1, Ordering::Relaxed);
        if step >= self.from { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }
}

impl Disk for FullDisk {
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if let Err(error) = self.step() {
            RealDisk.write(path, &bytes[..bytes.len() / 2])?;
            return Err(error);
        }
        RealDisk.write(path, bytes)
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if let Err(error) = self.step() {
            RealDisk.append(path, &bytes[..bytes.len() / 2])?;
            return Err(error);
        }
        RealDisk.append(path, bytes)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step().and_then(|()| RealDisk.rename(from, to))
    }

    fn flush_names(&self, folder: &Path) -> io::Result<()> {
        self.step().and_then(|()| RealDisk.flush_names(folder))
    }
}

#[test]
fn a_full_disk_leaves_the_old_base_or_the_new_one_and_the_record_agrees() {
    let mut unrecorded = 0;
    for from in 0.. {
        let library = Library::calibrated();
        let disk = Arc::new(FullDisk { steps: AtomicUsize::new(0), from });
        let curation = Curation::on_disk(Settings::new(Folders::one(library.folder())), disk);
        let change = Change::add_phrasing("loan-period", "weeks");
        let preview = snapshot(&curation).preview(&change, &[]).unwrap();
        let result = curation.apply(preview, &approval());
        let is_done = result.is_ok();
        let has_it = library.read("hours.toml") != HOURS;
        match result {
            Ok(_) => assert!(has_it),
            Err(error @ CurationError::Unrecorded { .. }) => {
                unrecorded += 1;
                assert!(has_it, "{error}");
                let recovered = library.curation().recover().unwrap().unwrap();
                assert!(matches!(recovered, Recovered::Completed { .. }), "{recovered:?}");
            }
            Err(error) => {
                assert!(matches!(error, CurationError::Write { .. }), "{error}");
                assert!(!has_it, "{error}");
                library.curation().recover().unwrap();
            }
        }
        assert_eq!(history(&library.folder()).unwrap().len(), usize::from(has_it), "from step {from}");
        assert_eq!(hidden_files(&library.folder()), [".curation.lock"]);
        if is_done {
            break;
        }
    }
    assert!(unrecorded >= 2, "{unrecorded}");
}

pub(crate) fn hidden_files(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|item| item.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with('.') && name != ".git").collect()
}
